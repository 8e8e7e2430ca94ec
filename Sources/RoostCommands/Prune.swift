import ArgumentParser
import SkahaClient

/// `roost prune`: ends the sessions that match.
struct Prune: ClientCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove the sessions of a kind and a status whose names begin with a prefix.",
    discussion: "Prints the ids of those that are gone.")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "How their names begin.")
  var prefix: String

  @Argument(help: "Their kind.")
  var kind = KindArgument(.headless)

  @Argument(help: "Their status.")
  var status = StatusArgument(.completed)

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let removed = try await client.destroy(prefix: prefix, kind: kind.kind, status: status.status)
    if removed.isEmpty {
      output.message("No \(kind.kind) session called \(printable(prefix))… is \(status.status).")
    }
    return output.ids(removed, json: format.json)
  }
}
