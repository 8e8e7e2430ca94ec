import Engine
import Glibc
import Sessions
import Testing

@testable import LocalEngine

@Suite("Logs of sessions of the local engine")
struct LogTests {
  @Test("bytes are kept exactly: no line break at the end, no UTF-8, NUL, long lines")
  func exactBytes() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run(
        "printf 'a\\0b\\xff\\xfe\\n\\n\\r\\n'; head -c 100000 /dev/zero | tr '\\0' x; printf '\\nend'")
      let expected =
        [UInt8]("a\0b".utf8) + [0xff, 0xfe] + Array("\n\n\r\n".utf8) + [UInt8](repeating: 0x78, count: 100_000)
        + Array("\nend".utf8)
      #expect(try await fixture.logBytes(of: ended.id) == expected)
    }
  }

  @Test("standard output and standard error keep their order")
  func order() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("for i in 1 2 3; do echo out $i; echo err $i >&2; done")
      #expect(ended.log == "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n")
    }
  }

  @Test("the beginning of a line can be read before its end is written")
  func partialLine() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("printf 'Password: '; exec sleep 600")
      try await eventually("the beginning of the line") { try await fixture.log(of: id) == "Password: " }
    }
  }

  @Test("a line in pieces is one line to a tail, and gets one timestamp")
  func piecesAreOneLine() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("echo first; head -c 50000 /dev/zero | tr '\\0' x; echo; echo last")
      let tail = try await fixture.log(of: ended.id, LogRequest(tail: 2))
      #expect(tail == String(repeating: "x", count: 50_000) + "\nlast\n")
      let stamped = try await fixture.log(of: ended.id, LogRequest(timestamps: true))
      #expect(stamped.split(separator: "\n").map(\.count) == [30, 50_025, 29])
    }
  }

  @Test("a large log is kept as far as its limit goes, says what is gone, and is read in order")
  func rotation() async throws {
    try await LocalEngineFixture.with {
      $0.logLimit = .mebibytes(1)
    } body: { fixture in
      let ended = try await fixture.run("seq 1 400000")
      let lines = ended.log.split(separator: "\n")
      #expect(lines.first?.hasPrefix("[roost: the first ") == true)
      let numbers = lines.dropFirst().compactMap { Int($0) }
      #expect(numbers.last == 400_000)
      #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 })
      let directory = fixture.engine.runs[ended.id]
      let size = try Files.status(directory.log).st_size + Files.status(directory.previousLog).st_size
      #expect(size > 1 << 19 && size <= 1 << 20, "\(size) bytes")
      let dropped = try #require(lines.first?.split(separator: " ").compactMap { Int($0) }.first)
      let kept = numbers.reduce(0) { $0 + String($1).utf8.count + 1 }
      #expect(dropped + kept == (1...400_000).reduce(0) { $0 + String($1).utf8.count + 1 })
    }
  }

  @Test("the tail of a log reaches back over a change of files")
  func tailOverRotation() async throws {
    try await LocalEngineFixture.with {
      $0.logLimit = .mebibytes(1)
    } body: { fixture in
      let ended = try await fixture.run("seq 1 400000")
      let inNewest = try await Self.linesInNewestFile(fixture, ended.id)
      for count in [1, 5000, inNewest, inNewest + 1, inNewest + 500] {
        let tail = try await fixture.log(of: ended.id, LogRequest(tail: count))
        let expected = (400_001 - count...400_000).map { "\($0)\n" }.joined()
        #expect(tail == expected, "the last \(count) lines")
      }
    }
  }

  private static func linesInNewestFile(_ fixture: LocalEngineFixture, _ id: SessionID) async throws -> Int {
    let text = try Files.read(fixture.engine.runs[id].log, limit: 1 << 22)
    return text.split(separator: 0x0A).filter { LogRecord.kind(of: $0) == .line }.count
  }

  @Test("following a log goes on over changes of files and misses nothing that is kept")
  func followOverRotation() async throws {
    try await LocalEngineFixture.with {
      $0.logLimit = .mebibytes(2)
    } body: { fixture in
      let id = try await fixture.launch(
        "for i in $(seq 1 60); do seq $((i * 1000 - 999)) $((i * 1000)); sleep 0.02; done")
      let text = try await fixture.log(of: id, LogRequest(follow: true))
      #expect(text == (1...60_000).map { "\($0)\n" }.joined())
      #expect(Files.exists(fixture.engine.runs[id].previousLog), "the log was not long enough to change files")
    }
  }

  @Test("lines since an instant are those written then or later")
  func since() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("echo early; sleep 0.1; echo late")
      let stamped = try await fixture.log(of: ended.id, LogRequest(timestamps: true)).split(separator: "\n")
      let start = try #require(ended.startedAt)
      let late = try await fixture.log(of: ended.id, LogRequest(since: start + .milliseconds(60)))
      #expect(late == "late\n", "\(stamped), started \(start.descriptionWithMilliseconds)")
    }
  }

  @Test(
    "a full disk costs output, which the log says, but neither the session nor its outcome",
    .enabled(if: LocalEngineFixture.isRoot, LocalEngineFixture.needsRoot))
  func fullDisk() async throws {
    let disk = try LocalEngineFixture.makeTemporaryDirectory()
    try #require(mount("roost-test", disk, "tmpfs", 0, "size=4m,mode=0755") == 0, "a tmpfs cannot be mounted here")
    defer {
      umount2(disk, Int32(MNT_DETACH))
      rmdir(disk)
    }
    try await LocalEngineFixture.with {
      $0.directory = disk + "/engine"
    } body: { fixture in
      // More than what a full pipe of short lines comes to, which is still to be written when room is made.
      try Files.replace(disk + "/ballast", [UInt8](repeating: 1, count: 3_400_000))
      let id = try await fixture.launch(
        "seq 1 200000; echo full; until [ -e go ]; do sleep 0.0113; done; echo on; exit 6")
      try await eventually("the program has printed all") {
        try await fixture.engine.usage()[id] != nil && LocalEngineFixture.processes(with: "0.0113").isEmpty == false
      }
      unlink(disk + "/ballast")
      _ = creat("\(fixture.directory)/homes/alice/go", 0o644)
      let ended = try await fixture.end(of: id)
      #expect(ended.outcome?.ending == .exited(code: 6))
      #expect(ended.log.hasPrefix("1\n2\n3\n"))
      #expect(ended.log.contains("bytes are missing here: the disk was full]\n"))
      #expect(ended.log.hasSuffix("on\n"))
    }
  }

  @Test("a follower that gives up ends its stream")
  func cancelledFollower() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("echo one; exec sleep 600")
      try await fixture.waitForLine("one", of: id)
      let follower = Task { try await fixture.log(of: id, LogRequest(follow: true)) }
      follower.cancel()
      #expect(try await follower.value.count <= 4)
    }
  }
}
