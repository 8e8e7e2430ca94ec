import Engine
import Glibc
import Sessions

/// Reads the log of one session in order, across the change of files, as far as it is written.
///
/// Not for use by several tasks at once.
struct LogReader {
  /// What the next read gave.
  enum Step: Sendable {
    case bytes([UInt8])
    /// All that has been written so far was read.
    case caughtUp
  }

  private let directory: RunDirectory
  private var renderer: LogRenderer
  private var tail: Int?
  private var files: [LogFile] = []
  private var offset = 0
  private var unfinished: [UInt8] = []
  private var hasBegun = false

  private static let step = 1 << 16
  private static let newline = UInt8(ascii: "\n")

  init(_ directory: RunDirectory, _ request: LogRequest) {
    self.directory = directory
    renderer = LogRenderer(request)
    tail = request.tail
  }

  /// Reads on. With `followsFiles`, goes over to the file that has taken the place of the last one.
  mutating func next(followsFiles: Bool) throws(SystemFailure) -> Step {
    var output: [UInt8] = []
    if !hasBegun { try begin(&output) }
    while output.isEmpty, let file = files.first {
      let chunk = try Files.read(from: file.descriptor, at: offset, count: Self.step, directory.log)
      if !chunk.isEmpty {
        offset += chunk.count
        render(chunk, into: &output)
      } else if try !goOn(followsFiles: followsFiles, &output) {
        break
      }
    }
    return output.isEmpty ? .caughtUp : .bytes(output)
  }

  private mutating func begin(_ output: inout [UInt8]) throws(SystemFailure) {
    files = try LogFile.openAll(directory)
    guard !files.isEmpty else { return }
    hasBegun = true
    if let tail { try skip(to: tail) } else { try noteDropped(&output) }
  }

  /// Leaves out everything but the last lines.
  private mutating func skip(to lines: Int) throws(SystemFailure) {
    var search = LogTail(lines: lines)
    for index in files.indices.reversed() {
      let file = files[index]
      let path = directory.log
      offset = try search.start(size: try file.size()) { (from, count) throws(SystemFailure) in
        try Files.read(from: file.descriptor, at: from, count: count, path)
      }
      if offset > 0 || index == 0 {
        files.removeFirst(index)
        return
      }
    }
  }

  /// The newest file knows what is missing before the oldest.
  private mutating func noteDropped(_ output: inout [UInt8]) throws(SystemFailure) {
    guard let newest = files.last, let record = try newest.firstRecord(), record.kind == .dropped else { return }
    renderer.renderDropped(record, into: &output)
  }

  private mutating func goOn(followsFiles: Bool, _ output: inout [UInt8]) throws(SystemFailure) -> Bool {
    if files.count == 1 {
      guard followsFiles, let current = files.first else { return false }
      let newer = try LogFile.openAll(directory)
      guard let last = newer.last, last.identity != current.identity else { return false }
      if let index = newer.firstIndex(where: { $0.identity == current.identity }) {
        files += newer[(index + 1)...]
      } else {
        files += newer
        try noteDropped(&output)
      }
      // What was written between the last read and the change of files.
      return true
    }
    let rest = try Files.read(from: files[0].descriptor, at: offset, count: 1, directory.log)
    guard rest.isEmpty else { return true }
    files.removeFirst()
    offset = 0
    unfinished = []
    return true
  }

  private mutating func render(_ chunk: [UInt8], into output: inout [UInt8]) {
    let bytes = unfinished + chunk
    var rest = bytes[...]
    while let end = rest.firstIndex(of: Self.newline) {
      if let record = LogRecord(rest[..<end]) { renderer.render(record, into: &output) }
      rest = rest[(end + 1)...]
    }
    unfinished = Array(rest)
  }
}

/// One file of a log, open.
final class LogFile: Sendable {
  struct Identity: Hashable, Sendable {
    var device: UInt
    var number: UInt
  }

  let descriptor: Int32
  let identity: Identity

  private init?(_ path: String) throws(SystemFailure) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw SystemFailure("read", path)
    }
    var status = stat()
    fstat(descriptor, &status)
    identity = Identity(device: UInt(status.st_dev), number: UInt(status.st_ino))
  }

  deinit { close(descriptor) }

  /// The files there are, oldest first.
  ///
  /// The newest is opened first; if it turns up again as the previous one, they changed in between.
  static func openAll(_ directory: RunDirectory) throws(SystemFailure) -> [LogFile] {
    while true {
      let newest = try LogFile(directory.log)
      let previous = try LogFile(directory.previousLog)
      guard let newest else { return [previous].compactMap { $0 } }
      guard let previous else { return [newest] }
      if newest.identity != previous.identity { return [previous, newest] }
    }
  }

  func size() throws(SystemFailure) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemFailure("read", "the log") }
    return Int(status.st_size)
  }

  func firstRecord() throws(SystemFailure) -> LogRecord? {
    let bytes = try Files.read(from: descriptor, at: 0, count: 128, "the log")
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return LogRecord(bytes[..<end])
  }
}
