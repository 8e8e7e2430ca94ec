/// The identity of a user; names are labels and may change, this does not.
public struct UserID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// A positive number, given out once and never again.
  public let number: Int64

  public init(_ number: Int64) { self.number = number }

  public init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  public var description: String { String(number) }

  public static func < (left: UserID, right: UserID) -> Bool { left.number < right.number }
}
