import ArgumentParser
import Foundation
import SkahaClient

/// `roost events`: what happened to sessions.
struct Events: ClientCommand {
  static let configuration = CommandConfiguration(abstract: "Show what happened to sessions, and why they wait.")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "Ids, or their beginnings.")
  var ids: [String]

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let events = try await client.withSessions(ids) { await client.events($0) }
    if format.json {
      output.line(
        JSON(events) { id, events in .object(["id": JSON(id), "events": .array(events.map { JSON($0) })]) }.text)
    } else {
      for (id, events) in events.successes {
        if ids.count > 1 { output.line("==> \(id) <==") }
        output.table(Self.table(events), ifEmpty: "No events of \(id).")
      }
    }
    return output.report(events)
  }

  static func table(_ events: [SkahaEvent]) -> Table {
    Table(
      head: ["TIME", "TYPE", "REASON", "MESSAGE"],
      rows: events.map { event in
        let time = (event.lastTime ?? event.firstTime)?.formatted(.iso8601) ?? "-"
        return [time, event.type, event.reason, event.message]
      })
  }
}
