/// Whether a service works, from its VOSI availability document.
public struct SkahaAvailability: Hashable, Sendable {
  /// Whether the service says that it works.
  public var isAvailable: Bool
  /// What it says about that.
  public var note: String?
}

extension SkahaAvailability {
  /// Finds the elements `available` and `note` under whatever namespace prefix; `nil` if the first is missing.
  init?(xml: String) {
    guard let word = Self.content(of: "available", in: xml)?.lowercased(), word == "true" || word == "false" else {
      return nil
    }
    isAvailable = word == "true"
    note = Self.content(of: "note", in: xml)
  }

  private static func content(of name: String, in xml: String) -> String? {
    var rest = xml[...]
    while let open = rest.firstIndex(of: "<") {
      guard let close = rest[open...].firstIndex(of: ">") else { return nil }
      let tag = rest[rest.index(after: open)..<close].prefix { !$0.isWhitespace }
      rest = rest[rest.index(after: close)...]
      guard tag.split(separator: ":").last.map(String.init) == name, !tag.hasPrefix("/") else { continue }
      return unescape(String(rest.prefix { $0 != "<" }).trimmedBlanks)
    }
    return nil
  }

  private static func unescape(_ text: String) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    return entities.reduce(text) { text, entity in text.replacing(entity.0, with: entity.1) }
  }
}
