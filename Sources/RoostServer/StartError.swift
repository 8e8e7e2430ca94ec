/// Why a server cannot start, in one sentence that says what to do.
public struct StartError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
