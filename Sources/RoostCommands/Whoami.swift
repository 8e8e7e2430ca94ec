import ArgumentParser
import SkahaClient

/// `roost whoami`: who the server takes you for.
struct Whoami: ClientCommand {
  static let configuration = CommandConfiguration(abstract: "Show who the server takes you for.")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let user = try await client.whoami()
    if format.json {
      output.line(
        JSON.object([
          "user": JSON(user), "server": JSON(client.server), "version": JSON(client.version.rawValue),
        ]).text)
    } else if let user {
      output.line(user)
    } else {
      output.message("\(client.server) accepts you, but does not tell your name.")
    }
    return .success
  }
}
