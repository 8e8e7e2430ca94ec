public import ArgumentParser
import SkahaClient

/// The command line of Roost: a server, and a client for it and for any other Skaha server.
public struct RoostCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "roost",
    abstract: "Run sessions on a Roost or Skaha server.",
    discussion: """
      The server and your token come from --url and --token-file, from ROOST_URL and ROOST_TOKEN, from a credentials \
      file (--credentials, ROOST_CREDENTIALS), or from ~/.config/roost/config.json.

      Exit codes: 0 success, 1 failure, 2 usage, 3 partial success, 4 authentication, 5 quota, 6 not found.
      """,
    groupedSubcommands: [
      CommandGroup(
        name: "Sessions",
        subcommands: [
          Create.self, Run.self, Ps.self, Info.self, Logs.self, Events.self, Rm.self, Prune.self, Renew.self,
        ]),
      CommandGroup(name: "Server", subcommands: [Serve.self, UserCommand.self]),
      CommandGroup(name: "Platform", subcommands: [Stats.self, Images.self, Whoami.self, Completion.self]),
    ])

  public init() {}

  /// Runs the command line in `arguments` (without the program's name) and says how to exit.
  ///
  /// Messages go to `output`'s standard error; help that was asked for goes to its standard output.
  public static func execute(_ arguments: [String], output: Output = .standard) async -> CommandStatus {
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return .success
    } catch {
      return report(error, to: output)
    }
  }

  private static func report(_ error: any Error, to output: Output) -> CommandStatus {
    switch error {
    case let status as CommandStatus: return status
    case let failure as CommandFailure:
      output.message("roost: \(failure.message)")
      return failure.status
    case let error as SkahaError:
      output.message("roost: \(error.description)")
      return CommandStatus(error)
    default: return reportParsing(error, to: output)
    }
  }

  private static func reportParsing(_ error: any Error, to output: Output) -> CommandStatus {
    let text = fullMessage(for: error)
    switch exitCode(for: error) {
    case .success:
      output.line(text)
      return .success
    case .validationFailure:
      output.message(text)
      return .usage
    case let code:
      if !text.isEmpty { output.message(text) }
      return CommandStatus(code.rawValue)
    }
  }
}
