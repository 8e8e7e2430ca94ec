/// A session's name in the form that a host name must have.
enum HostName {
  static let maximumLength = 63

  /// Lower-case letters, digits and single dashes; `fallback` if nothing is left of `name`.
  static func make(from name: String, fallback: String) -> String {
    let words = name.lowercased().split { !isAllowed($0) }
    let text = words.joined(separator: "-").prefix(maximumLength)
    let trimmed = text.last == "-" ? text.dropLast() : text
    return trimmed.isEmpty ? fallback : String(trimmed)
  }

  private static func isAllowed(_ character: Character) -> Bool {
    ("a"..."z").contains(character) || ("0"..."9").contains(character)
  }
}
