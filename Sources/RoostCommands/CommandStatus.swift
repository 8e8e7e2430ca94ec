public import SkahaClient

/// What the process tells its caller. Scripts rely on these numbers; `docs/cli.md` lists them.
public struct CommandStatus: Error, Hashable, Sendable {
  /// The code of the process.
  public let code: Int32

  init(_ code: Int32) { self.code = code }

  public static let success = CommandStatus(0)
  public static let failure = CommandStatus(1)
  /// The command line is wrong.
  public static let usage = CommandStatus(2)
  /// Some of what was asked for succeeded, some failed.
  public static let partial = CommandStatus(3)
  public static let authentication = CommandStatus(4)
  public static let quota = CommandStatus(5)
  public static let notFound = CommandStatus(6)

  /// The code for one error.
  public init(_ error: SkahaError) {
    switch error.kind {
    case .unauthenticated, .forbidden: self = .authentication
    case .quota: self = .quota
    case .notFound: self = .notFound
    // Without a status nothing was sent: it is the command line that is wrong.
    case .badRequest where error.status == nil: self = .usage
    default: self = .failure
    }
  }

  /// The code for several things: that of their errors if all failed for the same reason.
  init<Key, Value>(_ batch: BatchResult<Key, Value>) {
    let codes = Set(batch.failures.map { CommandStatus($0.error) })
    if codes.isEmpty {
      self = .success
    } else if !batch.successes.isEmpty {
      self = .partial
    } else {
      self = codes.count == 1 ? codes.first ?? .failure : .failure
    }
  }
}

/// A failure of the command line itself, with a sentence for the person who typed it.
struct CommandFailure: Error, Hashable {
  let status: CommandStatus
  let message: String

  static func usage(_ message: String) -> CommandFailure { CommandFailure(status: .usage, message: message) }
}
