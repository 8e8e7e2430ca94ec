import ArgumentParser
import Foundation
import SkahaClient

/// `roost info`: describes sessions.
struct Info: ClientCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show everything about sessions.", aliases: ["inspect"])

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "Ids, or their beginnings.")
  var ids: [String]

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let found = try await client.withSessions(ids) { await client.info($0) }
    if format.json {
      output.line(JSON(found) { _, session in JSON(session) }.text)
    } else if !found.values.isEmpty {
      output.line(found.values.map { Self.text($0) }.joined(separator: "\n\n"))
    }
    return output.report(found)
  }

  /// A line for each thing that is known.
  static func text(_ session: SkahaSession) -> String {
    let fields = identity(session) + times(session) + resources(session)
    let known = fields.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
    let width = known.map(\.0.count).max() ?? 0
    return known.map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + printable(value)
    }.joined(separator: "\n")
  }

  private static func identity(_ session: SkahaSession) -> [(String, String?)] {
    [
      ("Id", session.id), ("Name", session.name), ("Kind", session.kind.word), ("Status", session.status.word),
      ("Phase", session.phase), ("Reason", session.reason), ("Exit code", session.exitCode.map(String.init)),
      ("Image", session.image), ("User", session.user), ("URL", session.connectURL),
    ]
  }

  private static func times(_ session: SkahaSession) -> [(String, String?)] {
    [
      ("Created", session.createTime), ("Started", session.startTime), ("Ended", session.endTime),
      ("Expires", session.expiryTime),
    ].map { name, time in (name, time?.formatted(.iso8601)) }
  }

  private static func resources(_ session: SkahaSession) -> [(String, String?)] {
    [
      ("Cores", usage(session.inUse.cores.map(short), of: session.requested.cores.map(short))),
      ("Memory", usage(session.inUse.ram?.description, of: session.requested.ram?.description)),
      ("GPUs", session.requested.gpus.map(short)),
    ]
  }

  private static func usage(_ used: String?, of requested: String?) -> String? {
    switch (used, requested) {
    case (let used?, let requested?): "\(used) of \(requested)"
    case (let used?, nil): "\(used), flexible"
    case (nil, let requested): requested
    }
  }
}

/// A number without a useless fraction.
func short(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? String(number) }
