import Foundation

/// Where a command writes: data to one stream, messages to the other.
public struct Output: Sendable {
  /// Whether data is read by a person.
  public let isTerminal: Bool
  /// Whether messages are read by a person, who may like to see progress.
  public let showsProgress: Bool
  /// Whether colours may be used for data.
  public let usesColor: Bool
  private let data: @Sendable ([UInt8]) -> Void
  private let messages: @Sendable (String) -> Void

  /// Makes an output from two sinks, such as a test's.
  public init(
    isTerminal: Bool = false, showsProgress: Bool = false, usesColor: Bool = false,
    data: @escaping @Sendable ([UInt8]) -> Void, messages: @escaping @Sendable (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.showsProgress = showsProgress
    self.usesColor = usesColor
    self.data = data
    self.messages = messages
  }

  /// The process's standard output and error. Colour needs a terminal, and `NO_COLOR` unset or empty.
  public static let standard = Output(
    isTerminal: isatty(STDOUT_FILENO) == 1, showsProgress: isatty(STDERR_FILENO) == 1,
    usesColor: isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty,
    data: { write($0, to: STDOUT_FILENO) }, messages: { write(Array(($0 + "\n").utf8), to: STDERR_FILENO) })

  /// Writes data as it is.
  public func bytes(_ bytes: [UInt8]) { data(bytes) }

  /// Writes a line of data.
  public func line(_ text: String) { data(Array((text + "\n").utf8)) }

  /// Writes a line that is not data.
  public func message(_ text: String) { messages(text) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest.removeFirst(count)
      } else if errno != EINTR {
        // The reader has gone, as with `| head`: end as a signal would, without a message.
        exit(128 + SIGPIPE)
      }
    }
  }
}
