/// The identity of a session: eight characters, a lower-case letter and then lower-case letters or digits.
///
/// The form is that of Skaha's session ids, which clients and payloads use in host names, URLs and VNC passwords.
public struct SessionID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  public static let length = 8

  /// The eight characters.
  public let text: String

  /// Accepts `text` if it has the form of a session id.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count == Self.length, let first = bytes.first, Self.isLetter(first),
      bytes.allSatisfy({ Self.isLetter($0) || Self.isDigit($0) })
    else { return nil }
    self.text = text
  }

  /// Draws a new id.
  public static func random(using generator: inout some RandomNumberGenerator) -> SessionID {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let all = letters + Array("0123456789")
    var characters = [letters[Int.random(in: letters.indices, using: &generator)]]
    while characters.count < length {
      characters.append(all[Int.random(in: all.indices, using: &generator)])
    }
    return SessionID(unchecked: String(characters))
  }

  private init(unchecked text: String) { self.text = text }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = SessionID(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a session id")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }

  public static func < (left: SessionID, right: SessionID) -> Bool { left.text < right.text }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
