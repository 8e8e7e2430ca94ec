import Sessions

/// Splits text into words as a POSIX shell would: blanks separate, quotes and backslashes keep together. Nothing is expanded.
enum ShellWords {
  /// - Throws: `RoostError` if a quote is not closed or a backslash ends the text.
  static func split(_ text: String, field: String) throws(RoostError) -> [String] {
    var splitter = Splitter()
    for scalar in text.unicodeScalars { splitter.take(scalar) }
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
    var word: String.UnicodeScalarView?
    var quote: Unicode.Scalar?
    var isEscaped = false

    mutating func take(_ character: Unicode.Scalar) {
      if isEscaped {
        isEscaped = false
        takeEscaped(character)
      } else if character == "\\", quote != "'" {
        isEscaped = true
        word = word ?? .init()
      } else if let quote {
        if character == quote { self.quote = nil } else { word?.append(character) }
      } else {
        takeUnquoted(character)
      }
    }

    /// Within double quotes a backslash is itself unless it precedes one of the characters it can escape there.
    private mutating func takeEscaped(_ character: Unicode.Scalar) {
      if quote == "\"", !"\"\\$`\n".unicodeScalars.contains(character) { word?.append("\\") }
      if character != "\n" { word?.append(character) }
    }

    private mutating func takeUnquoted(_ character: Unicode.Scalar) {
      switch character {
      case "'", "\"":
        quote = character
        word = word ?? .init()
      case " ", "\t", "\n", "\r": endWord()
      default: append(character)
      }
    }

    private mutating func append(_ character: Unicode.Scalar) {
      word = word ?? .init()
      word?.append(character)
    }

    mutating func endWord() {
      if let word { words.append(String(word)) }
      word = nil
    }
  }
}
