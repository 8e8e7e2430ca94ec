import ArgumentParser
import SkahaClient

/// `roost renew`: prolongs sessions.
struct Renew: ClientCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prolong sessions, up to the server's limit.", discussion: "Prints the ids of those that were prolonged.")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Argument(help: "Ids, or their beginnings.")
  var ids: [String]

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let renewed = try await client.withSessions(ids) { await client.renew($0) }
    return output.ids(renewed, json: format.json)
  }
}
