import Engine
import Glibc
import Sessions
import Testing

@testable import LocalEngine

@Suite("Records of a log")
struct LogRecordTests {
  private static let times = (0..<9).map { "2026-01-02T03:04:0\($0).000Z" }

  private static func render(_ lines: [String], _ request: LogRequest = LogRequest()) -> String {
    var renderer = LogRenderer(request)
    var output: [UInt8] = []
    for line in lines {
      if let record = LogRecord(Array(line.utf8)[...]) { renderer.render(record, into: &output) }
    }
    return String(decoding: output, as: UTF8.self)
  }

  @Test("lines end with a line break, parts do not, and what is no record is left out")
  func kinds() {
    let lines = [
      "\(Self.times[0]) P a ", "\(Self.times[1]) F b", "rubbish", "\(Self.times[2]) F ", "\(Self.times[3]) P c",
    ]
    #expect(Self.render(lines) == "a b\n\nc")
  }

  @Test("a line gets the time of its first part, and is left out by it")
  func timesOfLines() throws {
    let lines = ["\(Self.times[0]) F a", "\(Self.times[1]) P b", "\(Self.times[3]) F c", "\(Self.times[4]) F d"]
    #expect(
      Self.render(lines, LogRequest(timestamps: true))
        == "\(Self.times[0]) a\n\(Self.times[1]) bc\n\(Self.times[4]) d\n")
    let second = Instant(milliseconds: 1_767_323_042_000)
    #expect(second.descriptionWithMilliseconds == Self.times[2])
    #expect(Self.render(lines, LogRequest(since: second)) == "d\n")
  }

  @Test("bytes that are missing are told in a line of their own")
  func lost() {
    let lines = ["\(Self.times[0]) P a", "\(Self.times[1]) L 17", "\(Self.times[2]) F b"]
    #expect(Self.render(lines) == "a\n[roost: 17 bytes are missing here: the disk was full]\nb\n")
  }

  @Test("the search for the tail stops where the wanted lines begin", arguments: 0...5)
  func tail(_ count: Int) throws {
    let records = ["F one", "D 5", "P two", "P two", "F two", "F three", "P four", "P four"].map {
      Array("\(Self.times[0]) \($0)\n".utf8)
    }
    let bytes = records.flatMap { $0 }
    var search = LogTail(lines: count)
    let start = try search.start(size: bytes.count) { Array(bytes[$0..<$0 + $1]) }
    let skipped = [8, 6, 5, 1, 0, 0][count]
    #expect(start == records.prefix(skipped).reduce(0) { $0 + $1.count })
  }

  @Test("the search for the tail goes over blocks of any number")
  func longTail() throws {
    let record = Array("\(Self.times[0]) F 0123456789\n".utf8)
    let bytes = (0..<20_000).flatMap { _ in record }
    for count in [1, 1700, 1771, 1772, 9999, 20_000] {
      var search = LogTail(lines: count)
      let start = try search.start(size: bytes.count) { Array(bytes[$0..<$0 + $1]) }
      #expect(start == (20_000 - count) * record.count)
    }
  }
}
