import Engine
import Sessions

/// Turns records into the bytes that a reader of the log asked for.
struct LogRenderer {
  private let since: [UInt8]?
  private let showsTimes: Bool
  private var isInsideLine = false
  private var showsLine = true

  init(_ request: LogRequest) {
    since = request.since.map { Array($0.descriptionWithMilliseconds.utf8) }
    showsTimes = request.timestamps
  }

  mutating func render(_ record: LogRecord, into output: inout [UInt8]) {
    switch record.kind {
    case .line, .part: renderOutput(record, into: &output)
    case .lost: renderNotice("\(record.number) bytes are missing here: the disk was full", record, into: &output)
    case .dropped: break
    }
  }

  /// A line that says how much is missing before the first record.
  mutating func renderDropped(_ record: LogRecord, into output: inout [UInt8]) {
    renderNotice(
      "the first \(record.number) bytes were dropped to keep the log within its limit", record, into: &output)
  }

  private mutating func renderOutput(_ record: LogRecord, into output: inout [UInt8]) {
    if !isInsideLine { beginLine(record, into: &output) }
    if showsLine { output += record.content }
    isInsideLine = record.kind == .part
    if showsLine && !isInsideLine { output.append(UInt8(ascii: "\n")) }
  }

  private mutating func beginLine(_ record: LogRecord, into output: inout [UInt8]) {
    showsLine = since.map { !record.time.lexicographicallyPrecedes($0) } ?? true
    if showsLine && showsTimes { output += record.time + [UInt8(ascii: " ")] }
  }

  private mutating func renderNotice(_ text: String, _ record: LogRecord, into output: inout [UInt8]) {
    if isInsideLine && showsLine { output.append(UInt8(ascii: "\n")) }
    isInsideLine = false
    beginLine(record, into: &output)
    if showsLine { output += Array("[roost: \(text)]\n".utf8) }
  }
}
