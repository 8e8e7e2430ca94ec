import ArgumentParser
import SkahaClient

/// `roost rm`: ends sessions.
struct Rm: ClientCommand {
  static let configuration = CommandConfiguration(
    abstract: "End sessions and remove them.", discussion: "Prints the ids of those that are gone.",
    aliases: ["delete", "destroy"])

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Flag(name: .shortAndLong, help: "Changes nothing: roost never asks. Here for the habits of canfar and docker.")
  var force = false

  @Argument(help: "Ids, or their beginnings.")
  var ids: [String]

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let removed = try await client.withSessions(ids) { await client.destroy($0) }
    return output.ids(removed, json: format.json)
  }
}
