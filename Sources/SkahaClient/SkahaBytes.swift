/// An amount of memory.
public struct SkahaBytes: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The amount in bytes.
  public let count: Int64

  /// Makes an amount from bytes.
  public init(_ count: Int64) { self.count = count }

  /// Reads `16G`, `101Mi`, or a bare number, which is in gigabytes (10⁹ bytes): the forms of Skaha's versions 0 and 1.
  public init?(skaha text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    let unit = String(text.dropFirst(digits.count)).trimmedBlanks.lowercased()
    guard let number = Double(digits), let factor = Self.factor(of: unit) else { return nil }
    guard let count = Int64(exactly: (number * factor).rounded()), count >= 0 else { return nil }
    self.count = count
  }

  /// In gigabytes of 10⁹ bytes, the unit of Skaha's version 1.
  public var gigabytes: Double { Double(count) / 1e9 }

  /// Such as `17.18 GB`.
  public var description: String { Self.fixed(gigabytes, digits: 2) + " GB" }

  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }

  private static func factor(of unit: String) -> Double? {
    switch unit {
    case "", "g", "gb": 1e9
    case "k", "kb": 1e3
    case "m", "mb": 1e6
    case "t", "tb": 1e12
    case "ki", "kib": 0x1p10
    case "mi", "mib": 0x1p20
    case "gi", "gib": 0x1p30
    case "ti", "tib": 0x1p40
    case "b": 1
    default: nil
    }
  }

  private static func fixed(_ value: Double, digits: Int) -> String {
    let scale = digits == 2 ? 100.0 : 1
    let whole = Int64((value * scale).rounded())
    let rest = String(whole % Int64(scale))
    return "\(whole / Int64(scale))." + String(repeating: "0", count: digits - rest.count) + rest
  }
}

/// Reads a number of cores or GPUs: `2`, `0.250`, `250m` (thousandths) or `250000000n`.
func parseCount(_ text: String) -> Double? {
  if let number = Double(text) { return number.isFinite ? number : nil }
  let scale: Double? =
    switch text.last {
    case "m": 1e3
    case "u": 1e6
    case "n": 1e9
    default: nil
    }
  guard let scale, let number = Double(text.dropLast()), number.isFinite else { return nil }
  return number / scale
}

extension String {
  var trimmedBlanks: String {
    var slice = self[...]
    while slice.first?.isWhitespace == true { slice.removeFirst() }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return String(slice)
  }
}
