import Sessions

/// A session's timeline as the text table that `kubectl` prints and canfar takes apart.
///
/// canfar splits each line where two blanks or more stand, and shows it only if that gives five columns: so no column is
/// empty, and no message has two blanks in a row or a line break.
enum EventTable {
  private static let titles = ["TYPE", "REASON", "MESSAGE", "FIRST-TIME", "LAST-TIME"]

  static func text(_ timeline: [TimelineEvent]) -> String {
    guard !timeline.isEmpty else { return "<none>\n" }
    let rows = [titles] + timeline.map(row)
    let widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { line($0, widths) }.joined()
  }

  private static func row(_ event: TimelineEvent) -> [String] {
    let time = event.time.descriptionWithMilliseconds
    return [event.severity.rawValue, event.reason, oneLine(event.message), time, time]
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).map { cell, width in
      cell + String(repeating: " ", count: width - cell.count)
    }
    let joined = padded.joined(separator: "   ")
    return String(joined.reversed().drop { $0 == " " }.reversed()) + "\n"
  }

  private static func oneLine(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? "<none>" : words.joined(separator: " ")
  }
}
