/// A JSON value whose type servers do not agree on: a number may come as a string, and nothing as `<none>`.
struct LenientValue: Decodable {
  /// As a string; `nil` if the value is null, `<none>`, or not a scalar.
  let text: String?

  init(from decoder: any Decoder) throws {
    guard let container = try? decoder.singleValueContainer() else {
      text = nil
      return
    }
    text = Self.word(try? container.decode(String.self)) ?? Self.scalar(container)
  }

  private static func word(_ text: String?) -> String? {
    guard let text, text != "<none>" else { return nil }
    return text
  }

  private static func scalar(_ container: any SingleValueDecodingContainer) -> String? {
    if let whole = try? container.decode(Int64.self) { return String(whole) }
    if let number = try? container.decode(Double.self) { return String(number) }
    if let flag = try? container.decode(Bool.self) { return String(flag) }
    return nil
  }
}

extension KeyedDecodingContainer {
  /// The value at `key` as a string; `nil` if it is missing, null, `<none>` or empty.
  func lenientText(_ key: Key) -> String? {
    let text = (try? decodeIfPresent(LenientValue.self, forKey: key))?.text
    return text?.isEmpty == true ? nil : text
  }

  func lenientInt(_ key: Key) -> Int? { lenientText(key).flatMap { Int($0) } }
  func lenientCount(_ key: Key) -> Double? { lenientText(key).flatMap(parseCount) }
  func lenientBytes(_ key: Key) -> SkahaBytes? { lenientText(key).flatMap(SkahaBytes.init(skaha:)) }
  func lenientBool(_ key: Key) -> Bool? { lenientText(key).flatMap { Bool($0.lowercased()) } }

  /// A list of whole numbers; what is none is left out.
  func lenientInts(_ key: Key) -> [Int] {
    let values = try? decodeIfPresent([LenientValue].self, forKey: key)
    return (values ?? []).compactMap { $0.text.flatMap { Int($0) } }
  }

  /// A list of words; what is none is left out.
  func lenientWords(_ key: Key) -> [String] {
    ((try? decodeIfPresent([LenientValue].self, forKey: key)) ?? []).compactMap(\.text)
  }
}

/// A key of a JSON object, by its name.
struct FieldName: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringLiteral value: String) { stringValue = value }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
