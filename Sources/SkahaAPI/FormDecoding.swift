import Sessions

/// `application/x-www-form-urlencoded`, as query strings and form bodies carry it (WHATWG URL, section 5).
enum FormDecoding {
  static let maximumParameters = 2000

  /// Takes `text` apart into names and values, in order.
  ///
  /// - Throws: `RoostError` for a broken escape, text that is not UTF-8, or too many parameters.
  static func pairs(_ text: some StringProtocol) throws(RoostError) -> [(name: String, value: String)] {
    let parts = text.utf8.split(separator: UInt8(ascii: "&"))
    guard parts.count <= maximumParameters else {
      throw RoostError(.tooLarge, "limit: \(maximumParameters) parameters, \(parts.count) were sent")
    }
    var pairs: [(name: String, value: String)] = []
    for part in parts {
      let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = try decode(sides[0], plusIsSpace: true)
      pairs.append((name, sides.count > 1 ? try decode(sides[1], plusIsSpace: true) : ""))
    }
    return pairs
  }

  /// Undoes percent-encoding.
  ///
  /// - Throws: `RoostError` for a broken escape or text that is not UTF-8.
  static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool) throws(RoostError) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(hexadecimal), let low = iterator.next().flatMap(hexadecimal) else {
          throw broken(text, "'%' is not followed by two hexadecimal digits; write a literal '%' as '%25'")
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else { throw broken(text, "it is not UTF-8") }
    return decoded
  }

  private static func broken(_ text: some Collection<UInt8>, _ why: String) -> RoostError {
    let shown = String(decoding: text.prefix(80), as: UTF8.self)
    return RoostError(.invalidArgument, "Broken percent-encoding in '\(shown)': \(why)")
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
