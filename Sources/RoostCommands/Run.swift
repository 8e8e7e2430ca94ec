import ArgumentParser
import SkahaClient

/// `roost run`: a create that stays with the session to its end.
struct Run: ClientCommand {
  static let configuration = CommandConfiguration(
    abstract: "Create a session, follow its log to the end, and exit as it did.",
    usage: "roost run [<options>] <kind> <image> [-- <command> <arguments> ...]",
    discussion: """
      The exit code is that of the session's command where the server tells it (Roost does), 0 if the session \
      completed and 1 if it failed. Ctrl-C leaves the session running.
      """)

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var options: CreateOptions

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    guard let id = try await options.create(with: client, replicas: 1).get().first else { return .failure }
    if output.showsProgress { output.message("Created \(id)") }
    let session = try await LogFollower(client: client, output: output).follow(id) { output.bytes($0) }
    if session.status == .failed {
      output.message("roost: \(id) failed. \(printable(session.reason ?? "See: roost events \(id)"))")
    }
    return Self.status(of: session)
  }

  /// The exit code that stands for how `session` ended.
  static func status(of session: SkahaSession) -> CommandStatus {
    if let code = session.exitCode, (0...255).contains(code), session.status != .failed || code != 0 {
      return CommandStatus(Int32(code))
    }
    return session.status == .completed ? .success : .failure
  }
}
