import Engine
import Sessions
import Testing

@testable import LocalEngine

@Suite("Stopping sessions of the local engine")
struct StopTests {
  @Test("a program that handles SIGTERM ends in its own way")
  func graceful() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done")
      try await fixture.waitForLine("ready", of: id)
      try await fixture.engine.stop(id, grace: .seconds(20))
      let ended = try await fixture.end(of: id)
      #expect(ended.outcome?.ending == .exited(code: 7))
      #expect(ended.log.hasSuffix("bye\n"))
    }
  }

  @Test("a program that ignores SIGTERM is killed after its grace, with all that it started, and its cgroups go")
  func force() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("trap '' TERM; setsid sleep 98762 & sleep 98762 & echo ready; wait; wait")
      try await fixture.waitForLine("ready", of: id)
      let clock = ContinuousClock()
      let before = clock.now
      try await fixture.engine.stop(id, grace: .milliseconds(300))
      #expect(try await fixture.end(of: id).outcome?.ending == .signalled(9))
      let passed = clock.now - before
      #expect(passed >= .milliseconds(300))
      #expect(LocalEngineFixture.processes(with: "98762").isEmpty)
      #expect(fixture.cgroupParents.allSatisfy { !Files.exists("\($0)/\(id)") })
    }
  }

  @Test("a second stop may shorten the grace, not lengthen it")
  func secondStop() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("trap '' TERM; echo ready; while :; do sleep 0.05; done")
      try await fixture.waitForLine("ready", of: id)
      try await fixture.engine.stop(id, grace: .seconds(3600))
      try await fixture.engine.stop(id, grace: .milliseconds(100))
      try await fixture.engine.stop(id, grace: .seconds(3600))
      #expect(try await fixture.end(of: id).outcome?.ending == .signalled(9))
    }
  }

  @Test("a session that is stopped as soon as it is launched ends, whether or not it had begun")
  func immediately() async throws {
    try await LocalEngineFixture.with { fixture in
      for _ in 0..<10 {
        let id = try await fixture.launch("sleep 98763")
        try await fixture.engine.stop(id, grace: .zero)
        let ended = try await fixture.end(of: id)
        #expect([.signalled(15), .signalled(9)].contains(ended.outcome?.ending), "\(ended.ending)")
      }
      #expect(LocalEngineFixture.processes(with: "98763").isEmpty)
    }
  }
}
