import Engine
import Glibc
import Sessions
import Testing

@testable import LocalEngine

/// Numbers for people; run with `ROOST_MEASURE=1`.
@Suite(
  "Measurements of the local engine", .serialized,
  .enabled(if: getenv("ROOST_MEASURE") != nil, "takes a quiet machine; set ROOST_MEASURE=1 to run it"))
struct MeasurementTests {
  private static let rounds = 50

  @Test("a launch is at most 10 ms slower than bare bubblewrap")
  func launchLatency() async throws {
    try await LocalEngineFixture.with { fixture in
      var calls: [Double] = [], starts: [Double] = [], bare: [Double] = []
      for _ in 0..<Self.rounds {
        let plan = try LocalEngineFixture.plan(["true"])
        let before = Self.now()
        try await fixture.engine.launch(plan)
        calls.append(Self.now() - before)
        let start = try #require(try await fixture.end(of: plan.id).startedAt)
        starts.append(Double(start.milliseconds) - before + 0.5)
        bare.append(try Self.timeOfBareBubblewrap())
      }
      print("launch() returns after \(Self.median(calls)) ms; the program runs after \(Self.median(starts)) ms;")
      print("bare bubblewrap has run it after \(Self.median(bare)) ms (medians of \(Self.rounds))")
      #expect(Self.median(starts) <= Self.median(bare) + 10)
    }
  }

  @Test("a supervisor and what stands between it and the program take little memory")
  func memory() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("exec sleep 600")
      try await fixture.waitUntilRunning(id)
      let supervisor = try #require(RestartTests.supervisor(of: id))
      var process: pid_t? = supervisor
      while let current = process {
        let name = try #require(Files.text("/proc/\(current)/comm"))
        let lines = try #require(Files.text("/proc/\(current)/smaps_rollup")).split(separator: "\n")
        print(name.dropLast(), lines.filter { $0.hasPrefix("Rss:") || $0.hasPrefix("Pss:") }.joined(separator: " "))
        process = Files.text("/proc/\(current)/task/\(current)/children")?.split(separator: " ").first.flatMap {
          pid_t($0)
        }
      }
      let rss = try #require(Self.kilobytes("Rss:", of: supervisor))
      #expect(rss <= 2048)
    }
  }

  private static func kilobytes(_ key: String, of process: pid_t) -> Int? {
    Files.text("/proc/\(process)/smaps_rollup")?.split(separator: "\n").first { $0.hasPrefix(key) }?
      .split(separator: " ").compactMap { Int($0) }.first
  }

  private static func timeOfBareBubblewrap() throws -> Double {
    let words = ["bwrap", "--ro-bind", "/", "/", "--unshare-pid", "--dev", "/dev", "--proc", "/proc", "true"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for pointer in arguments { free(pointer) } }
    var process: pid_t = 0
    let before = now()
    try #require(posix_spawn(&process, "/usr/bin/bwrap", nil, nil, &arguments, environ) == 0)
    waitpid(process, nil, 0)
    return now() - before
  }

  /// Milliseconds since 1970, with a fraction.
  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
  }

  private static func median(_ values: [Double]) -> Double {
    (values.sorted()[values.count / 2] * 10).rounded() / 10
  }
}
