/// Text that must not be shown: it prints as `‹redacted›` and has to be taken out by name.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  public init(_ text: String) { self.text = text }

  /// The text itself. Whoever calls this answers for where it goes.
  public func reveal() -> String { text }

  public var description: String { "‹redacted›" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(reflecting: description) }
}
