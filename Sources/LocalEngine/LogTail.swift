/// Finds where the last lines of a log file begin, reading backwards no further than needed.
struct LogTail {
  /// How many lines are still to be found before the place that was reached.
  private(set) var missing: Int
  /// Whether the last line seen has its end behind the place that was reached.
  private var isInsideLine = false

  private static let newline = UInt8(ascii: "\n")
  private static let step = 1 << 16

  init(lines: Int) { missing = lines }

  /// Where in a file the wanted lines begin, if what follows the file has been searched already. `read` gives so many
  /// bytes from an offset on.
  mutating func start(
    size: Int, read: (_ offset: Int, _ count: Int) throws(SystemFailure) -> [UInt8]
  ) throws(SystemFailure) -> Int {
    var end = size
    while end > 0 {
      let from = max(0, end - Self.step)
      let bytes = try read(from, end - from)
      guard let first = from == 0 ? 0 : bytes.firstIndex(of: Self.newline).map({ $0 + 1 }) else { return end }
      for record in Self.records(in: bytes, from: first).reversed() {
        if finishes(record.kind) { return from + record.end }
      }
      guard from + first < end else { return end }
      end = from + first
    }
    return 0
  }

  /// Takes one more record into account, from the end on; true if what is wanted begins behind it.
  private mutating func finishes(_ kind: LogRecord.Kind?) -> Bool {
    guard kind == .line || kind == .part else { return false }
    guard kind == .line || !isInsideLine else { return false }
    if missing == 0 { return true }
    missing -= 1
    isInsideLine = true
    return false
  }

  private static func records(in bytes: [UInt8], from first: Int) -> [(end: Int, kind: LogRecord.Kind?)] {
    var records: [(end: Int, kind: LogRecord.Kind?)] = []
    var start = first
    while start < bytes.count, let end = bytes[start...].firstIndex(of: newline) {
      records.append((end + 1, LogRecord.kind(of: bytes[start..<end])))
      start = end + 1
    }
    return records
  }
}
