/// Puts pieces of a byte stream together to lines.
struct LineSplitter: Sendable {
  /// A longer line is given out in parts, so that a stream without line ends does not fill the memory.
  static let maximumLength = 1 << 20

  private var buffer: [UInt8] = []
  private var start = 0
  /// Up to where no line end has been found.
  private var searched = 0

  mutating func append(_ piece: [UInt8]) {
    buffer.removeFirst(start)
    searched -= start
    start = 0
    buffer += piece
  }

  /// The next whole line, if there is one.
  mutating func next() -> String? {
    if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) { return take(upTo: end, skipping: 1) }
    searched = buffer.count
    guard buffer.count - start >= Self.maximumLength else { return nil }
    return take(upTo: start + Self.maximumLength, skipping: 0)
  }

  /// What is left when the stream has ended.
  mutating func finish() -> String? { start < buffer.count ? take(upTo: buffer.count, skipping: 0) : nil }

  private mutating func take(upTo end: Int, skipping lineEnd: Int) -> String {
    var line = buffer[start..<end]
    if lineEnd > 0, line.last == UInt8(ascii: "\r") { line.removeLast() }
    start = end + lineEnd
    searched = max(searched, start)
    return String(decoding: line, as: UTF8.self)
  }
}
