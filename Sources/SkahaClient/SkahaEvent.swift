public import Foundation

/// One thing that happened to a session, from the table that `view=events` answers.
public struct SkahaEvent: Hashable, Sendable {
  /// `Normal` or `Warning`.
  public var type: String
  /// What happened, in a word: `Scheduled`, `Pulled`, `Started`.
  public var reason: String
  /// What happened, in a sentence.
  public var message: String
  /// When it happened first, if the server knows.
  public var firstTime: Date?
  /// When it happened last, if the server knows.
  public var lastTime: Date?
}

extension SkahaEvent {
  /// Reads the table: a head line, then a line an event, in five columns with two or more blanks between.
  ///
  /// A line of another shape is kept whole as a message: nothing that a server says is dropped.
  static func parse(table: String) -> [SkahaEvent] {
    let lines = table.split(whereSeparator: \.isNewline).map { String($0).trimmedBlanks }
    return lines.filter { !$0.isEmpty && $0 != "<none>" && !isHead($0) }.map(SkahaEvent.init(line:))
  }

  private static func isHead(_ line: String) -> Bool { columns(of: line).prefix(2) == ["TYPE", "REASON"] }

  private init(line: String) {
    let columns = Self.columns(of: line)
    guard columns.count >= 5 else {
      self.init(type: "", reason: "", message: line, firstTime: nil, lastTime: nil)
      return
    }
    self.init(
      type: columns[0], reason: columns[1], message: columns[2..<(columns.count - 2)].joined(separator: " "),
      firstTime: SkahaTime.parse(columns[columns.count - 2]), lastTime: SkahaTime.parse(columns[columns.count - 1]))
  }

  private static func columns(of line: String) -> [String] {
    var columns: [String] = []
    var word = "", blanks = 0
    for character in line {
      guard character != " ", character != "\t" else {
        blanks += 1
        continue
      }
      if blanks > 1, !word.isEmpty {
        columns.append(word)
        word = ""
      } else if blanks == 1 {
        word.append(" ")
      }
      blanks = 0
      word.append(character)
    }
    return word.isEmpty ? columns : columns + [word]
  }
}
