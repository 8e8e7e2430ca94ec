/// Encoding of names and values in a query string: `application/x-www-form-urlencoded`, as Python's clients send it.
enum FormEncoding {
  static func encode(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { escape($0.name) + "=" + escape($0.value) }.joined(separator: "&")
  }

  static func escape(_ text: String) -> String { escape(text, blank: "+") }

  /// One segment of a path, where a plus sign is just a plus sign.
  static func escapeSegment(_ text: String) -> String { escape(text, blank: "%20") }

  private static func escape(_ text: String, blank: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isUnreserved(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else if byte == UInt8(ascii: " ") {
        result += blank
      } else {
        result += byte < 16 ? "%0" : "%"
        result += String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
