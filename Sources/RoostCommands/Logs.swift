import ArgumentParser
import Foundation
import SkahaClient

/// `roost logs`: what sessions wrote.
struct Logs: ClientCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what sessions have written.",
    discussion: "A server other than Roost may send the whole log whatever part was asked for.")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Flag(name: .shortAndLong, help: "Go on until the session ends.")
  var follow = false

  @Option(name: [.long, .customShort("n")], help: "Only the last so many lines.")
  var tail: Int?

  @Option(help: "Only what was written since: 10m, 2h, 1d ago, or 2026-03-05T21:48:29Z.")
  var since: SinceArgument?

  @Flag(name: .shortAndLong, help: "Begin each line with its time.")
  var timestamps = false

  @Argument(help: "Ids, or their beginnings.")
  var ids: [String]

  mutating func validate() throws {
    if let tail, tail < 0 { throw ValidationError("--tail is \(tail); give 0 or more.") }
    if follow, ids.count > 1 { throw ValidationError("--follow takes one id; \(ids.count) were given.") }
    if follow, format.json { throw ValidationError("--follow and --json do not go together.") }
  }

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let from = since?.date(before: Date())
    if follow, let prefix = ids.first {
      let follower = LogFollower(client: client, output: output, tail: tail, since: from, timestamps: timestamps)
      _ = try await follower.follow(try await client.session(prefix)) { output.bytes($0) }
      return .success
    }
    let logs = try await client.withSessions(ids) {
      await client.logs($0, tail: tail, since: from, timestamps: timestamps)
    }
    write(logs, to: output)
    return output.report(logs)
  }

  private func write(_ logs: BatchResult<String, String>, to output: Output) {
    guard !format.json else {
      output.line(JSON(logs) { id, text in .object(["id": JSON(id), "log": JSON(text)]) }.text)
      return
    }
    for (id, text) in logs.successes {
      if ids.count > 1 { output.line("==> \(id) <==") }
      output.bytes(Array(text.utf8))
      if ids.count > 1, !text.hasSuffix("\n") { output.line("") }
    }
  }
}

/// A point in the past as typed: an age, or a time with its zone.
struct SinceArgument: ExpressibleByArgument, Equatable {
  private enum Form: Equatable {
    case age(seconds: Double)
    case time(Date)
  }

  private let form: Form

  init?(argument: String) {
    if let time = try? Date(argument, strategy: .iso8601) {
      form = .time(time)
    } else if let unit = argument.last, let number = Double(argument.dropLast()), (0...1e9).contains(number),
      let seconds = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400][unit]
    {
      form = .age(seconds: number * seconds)
    } else {
      return nil
    }
  }

  func date(before now: Date) -> Date {
    switch form {
    case .age(let seconds): now.addingTimeInterval(-seconds)
    case .time(let time): time
    }
  }
}
