import ArgumentParser
import Foundation
import SkahaClient

/// `roost ps`: lists sessions.
struct Ps: ClientCommand {
  static let configuration = CommandConfiguration(abstract: "List your sessions.", aliases: ["ls"])

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Flag(name: .shortAndLong, help: "Finished ones, too.")
  var all = false

  @Option(name: .shortAndLong, help: "Only of this kind.")
  var kind: KindArgument?

  @Option(name: .shortAndLong, help: "Only with this status.")
  var status: StatusArgument?

  @Flag(name: .shortAndLong, help: "Ids only.")
  var quiet = false

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let found = try await client.fetch(kind: kind?.kind, status: status?.status)
    let sessions = Self.selected(found, all: all, status: status?.status)
    if format.json {
      output.line(JSON.array(sessions.map { JSON($0) }).text)
    } else if quiet {
      for session in sessions { output.line(session.id) }
    } else {
      output.table(Self.table(sessions, now: Date()), ifEmpty: emptySentence)
    }
    return .success
  }

  private var emptySentence: String {
    all || status != nil ? "No sessions." : "No sessions are waiting or running. Finished ones: roost ps -a"
  }

  /// What is shown: unfinished ones unless a status or all are wanted; the newest first.
  static func selected(
    _ sessions: [SkahaSession], all: Bool, status: SkahaSession.Status?
  ) -> [SkahaSession] {
    let chosen = sessions.filter { session in
      status.map { session.status == $0 } ?? (all || !session.status.isFinal)
    }
    func begin(_ session: SkahaSession) -> Date { session.createTime ?? session.startTime ?? .distantFuture }
    return chosen.sorted { (begin($0), $1.id) > (begin($1), $0.id) }
  }

  /// The table for people; the last column only where a server gives reasons.
  static func table(_ sessions: [SkahaSession], now: Date) -> Table {
    let hasReasons = sessions.contains { $0.reason != nil }
    let rows = sessions.map { session in
      let begin = session.createTime ?? session.startTime
      let since = begin.map { age(seconds: now.timeIntervalSince($0)) } ?? "-"
      let cells = [session.id, session.name, session.kind.word, statusCell(session), since, session.image]
      return hasReasons ? cells + [session.reason ?? ""] : cells
    }
    let head = ["ID", "NAME", "KIND", "STATUS", "AGE", "IMAGE"]
    return Table(head: hasReasons ? head + ["REASON"] : head, rows: rows)
  }

  private static func statusCell(_ session: SkahaSession) -> String {
    session.status.isFinal ? session.status.word + (session.exitCode.map { " (\($0))" } ?? "") : session.status.word
  }
}
