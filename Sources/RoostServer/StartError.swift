/// Why a server cannot start, in one sentence that says what to do.
public struct StartError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Line breaks in `description`, which parsers like to report, become blanks.
  public init(_ description: String) {
    self.description = description.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
      .joined(separator: " ")
  }
}
