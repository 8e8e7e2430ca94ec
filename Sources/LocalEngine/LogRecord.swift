/// One record of a session's log: `TIME TYPE CONTENT`, as the supervisor writes them, one a line.
struct LogRecord {
  enum Kind: UInt8 {
    /// A line, or the end of one: a line break follows the content.
    case line = 0x46
    /// Bytes that no line break follows.
    case part = 0x50
    /// How many bytes earlier files held that are gone.
    case dropped = 0x44
    /// How many bytes could not be written at this place.
    case lost = 0x4C
  }

  /// `YYYY-MM-DDTHH:MM:SS.mmmZ`: ordered as text as in time.
  var time: ArraySlice<UInt8>
  var kind: Kind
  var content: ArraySlice<UInt8>

  private static let timeLength = 24
  private static let headerLength = 27

  /// `nil` for bytes that are no record, such as what a crash of the machine left half written.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.count >= Self.headerLength, let kind = Self.kind(of: line) else { return nil }
    time = line.prefix(Self.timeLength)
    self.kind = kind
    content = line.dropFirst(Self.headerLength)
  }

  /// The kind of a record that begins with these bytes.
  static func kind(of line: ArraySlice<UInt8>) -> Kind? {
    guard line.count > timeLength + 1 else { return nil }
    return Kind(rawValue: line[line.startIndex + timeLength + 1])
  }

  var number: Int64 { Int64(String(decoding: content, as: UTF8.self)) ?? 0 }
}
