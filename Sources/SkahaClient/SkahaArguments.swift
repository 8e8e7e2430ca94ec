/// The arguments of a session's command.
///
/// ```swift
/// try await client.create(name: "a", image: image, cmd: "ls", args: "-l /arc")
/// try await client.create(name: "b", image: image, cmd: "sh", args: ["-c", "echo 'two words'"])
/// ```
///
/// The Session API carries them as one string. Roost splits it as a shell would; the original server splits at every
/// blank and knows no quotes, so that arguments with blanks do not survive there.
public struct SkahaArguments: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  /// The string that is sent.
  public let text: String

  /// Takes arguments that are already one string.
  public init(_ text: String) { self.text = text }

  /// Joins arguments with blanks, and quotes those that would otherwise fall apart.
  public init(_ words: [String]) { text = words.map(Self.quoted).joined(separator: " ") }

  public init(stringLiteral value: String) { self.init(value) }
  public init(arrayLiteral words: String...) { self.init(words) }

  private static func quoted(_ word: String) -> String {
    let needsQuotes = word.isEmpty || word.contains { $0.isWhitespace || "'\"\\".contains($0) }
    return needsQuotes ? "'" + word.replacing("'", with: "'\\''") + "'" : word
  }
}
