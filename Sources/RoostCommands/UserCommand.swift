public import ArgumentParser
import Foundation
import Identity
import RoostServer
import Sessions

/// `roost user`: manages the users of a server, on the machine that it runs on.
public struct UserCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Manage the users of a server on this machine.", subcommands: [Add.self])

  public init() {}

  /// `roost user add NAME`.
  public struct Add: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
      abstract: "Add a user and print their credentials as JSON.",
      discussion: "The token and the secret key are shown this once. A running server knows the user at once.")

    @Argument(help: "The user's name: lower-case letters, digits, '.', '_' and '-'.")
    var name: String

    @Option(help: ArgumentHelp("The server's data directory.", valueName: "dir"))
    var data = Serve.defaultDataDirectory

    public init() {}

    public func run() async throws {
      do {
        let credentials = try UserAdministration.addUser(
          named: name, dataDirectory: URL(filePath: data, directoryHint: .isDirectory).standardizedFileURL)
        Output.standard.bytes(Array(try credentials.json()))
      } catch {
        let status = (error as? RoostError).map { CommandStatus($0.code.exitStatus) } ?? .failure
        throw CommandFailure(status: status, message: "\(error)")
      }
    }
  }
}
