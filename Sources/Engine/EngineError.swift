/// Why an engine could not do as told.
public struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong and what to do about it, in a sentence.
  public var message: String
  /// Whether the same call may succeed later without anybody changing anything.
  public var isRetryable: Bool

  public init(_ message: String, isRetryable: Bool) {
    self.message = message
    self.isRetryable = isRetryable
  }

  public var description: String { message }
}
