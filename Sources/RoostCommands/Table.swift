/// Rows of text in aligned columns, two blanks apart.
struct Table {
  let head: [String]
  let rows: [[String]]

  /// The table without a line end after its last row; `bold` sets the head off on a terminal.
  func text(bold: Bool = false) -> String {
    let widths = head.indices.map { column in ([head] + rows).map { Self.clean($0[column]).count }.max() ?? 0 }
    let lines = ([head] + rows).map { Self.line($0, widths) }
    guard bold, let first = lines.first else { return lines.joined(separator: "\n") }
    return (["\u{1B}[1m\(first)\u{1B}[0m"] + lines.dropFirst()).joined(separator: "\n")
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).map { cell, width in
      clean(cell) + String(repeating: " ", count: width - clean(cell).count)
    }
    let line = padded.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// A server's words must not move the cursor.
  private static func clean(_ cell: String) -> String { printable(cell) }
}

/// `text` with its control characters as blanks.
func printable(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
}

/// How long ago, in the largest unit that is not zero: `12s`, `5m`, `3h`, `20d`.
func age(seconds: Double) -> String {
  let seconds = Int(max(0, min(seconds, 1e12)))
  return switch seconds {
  case ..<60: "\(seconds)s"
  case ..<3600: "\(seconds / 60)m"
  case ..<86_400: "\(seconds / 3600)h"
  default: "\(seconds / 86_400)d"
  }
}
