import SkahaTestServer
import Testing

@testable import SkahaClient

@Suite struct LogStreamTests {
  @Test func `lines arrive while the log is still being written`() async throws {
    let (pieces, feed) = AsyncStream.makeStream(of: String.self)
    try await withClient({ _ in Reply(200, pieces: pieces) }) { client, server in
      feed.yield("one\ntw")
      var lines = try await client.logStream(id: "k3j9x0ab").lines.makeAsyncIterator()
      #expect(try await lines.next() == "one")
      feed.yield("o\nthree")
      #expect(try await lines.next() == "two")
      feed.finish()
      #expect(try await lines.next() == "three")
      #expect(try await lines.next() == nil)
      #expect(server.lines == ["GET /skaha/v1/session/k3j9x0ab?view=logs&follow=true"])
    }
  }

  @Test func `a log may be longer than the limit for answers`() async throws {
    var options = SkahaClient.Options()
    options.maximumBodyBytes = 10
    try await withClient(options: options, { _ in Reply(200, String(repeating: "x", count: 1000)) }) { client, _ in
      var count = 0
      for try await piece in try await client.logStream(id: "k3j9x0ab", follow: false) { count += piece.count }
      #expect(count == 1000)
    }
  }

  @Test func `a stream may be quiet for longer than the timeout`() async throws {
    var options = SkahaClient.Options()
    options.timeout = .seconds(3)
    let (pieces, feed) = AsyncStream.makeStream(of: String.self)
    feed.yield("begin\n")
    try await withClient(options: options, { _ in Reply(200, pieces: pieces) }) { client, _ in
      var lines = try await client.logStream(id: "k3j9x0ab").lines.makeAsyncIterator()
      #expect(try await lines.next() == "begin")
      try await Task.sleep(for: .milliseconds(3300))
      feed.yield("end\n")
      feed.finish()
      #expect(try await lines.next() == "end")
    }
  }

  @Test func `a log that cannot be read is an error before the first line`() async throws {
    try await withClient({ _ in Reply(404, "session k3j9x0ab not found\n") }) { client, _ in
      let error = await #expect(throws: SkahaError.self) { try await client.logStream(id: "k3j9x0ab") }
      #expect(error?.kind == .notFound)
    }
  }

  @Test func `lines are split across pieces, with either line end`() {
    var splitter = LineSplitter()
    splitter.append(Array("a\r\n\nb".utf8))
    #expect(splitter.next() == "a")
    #expect(splitter.next() == "")
    #expect(splitter.next() == nil)
    splitter.append(Array("c\nd".utf8))
    #expect(splitter.next() == "bc")
    #expect(splitter.next() == nil)
    #expect(splitter.finish() == "d")
    #expect(splitter.finish() == nil)
  }

  @Test func `a line without an end is given out in parts`() {
    var splitter = LineSplitter()
    splitter.append(Array(repeating: UInt8(ascii: "x"), count: LineSplitter.maximumLength + 1))
    #expect(splitter.next()?.utf8.count == LineSplitter.maximumLength)
    #expect(splitter.next() == nil)
    #expect(splitter.finish() == "x")
  }
}
