import Sessions

/// Splits text into words as a POSIX shell would: blanks separate, quotes and backslashes keep together. Nothing is expanded.
enum ShellWords {
  /// - Throws: `RoostError` if a quote is not closed or a backslash ends the text.
  static func split(_ text: String, field: String) throws(RoostError) -> [String] {
    var splitter = Splitter()
    for character in text { splitter.take(character) }
    guard splitter.quote == nil, !splitter.isEscaped else {
      throw RoostError(
        .invalidArgument, "Invalid value for '\(field)': a quote or backslash is left open in \(text.prefix(80))",
        field: field)
    }
    splitter.endWord()
    return splitter.words
  }

  private struct Splitter {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false

    mutating func take(_ character: Character) {
      if isEscaped {
        isEscaped = false
        takeEscaped(character)
      } else if character == "\\", quote != "'" {
        isEscaped = true
        word = word ?? ""
      } else if let quote {
        if character == quote { self.quote = nil } else { word?.append(character) }
      } else {
        takeUnquoted(character)
      }
    }

    /// Within double quotes a backslash is itself unless it precedes one of the characters it can escape there.
    private mutating func takeEscaped(_ character: Character) {
      if quote == "\"", !"\"\\$`\n".contains(character) { word?.append("\\") }
      if character != "\n" { word?.append(character) }
    }

    private mutating func takeUnquoted(_ character: Character) {
      switch character {
      case "'", "\"":
        quote = character
        word = word ?? ""
      case " ", "\t", "\n", "\r\n": endWord()
      default: word = (word ?? "") + String(character)
      }
    }

    mutating func endWord() {
      if let word { words.append(word) }
      word = nil
    }
  }
}
