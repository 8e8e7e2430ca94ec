import Engine
import Glibc
import RoostTestSupport
import Sessions
import Testing

@testable import LocalEngine

/// Each test gives up root in a process of its own and runs what an ordinary user's server would.
///
/// Swift Testing waits for such a process by asking for any child, and is held up by children that are others'. The other
/// tests of engines start many, so `scripts/unit-tests` runs this suite by itself.
@Suite(
  "The local engine without root", .enabled(if: LocalEngineFixture.isRoot, "starts as root to become another user"),
  .enabled(if: getenv("ROOST_TEST_ALONE") != nil, "runs by itself: 'make unit' does, after all others"))
struct UnprivilegedTests {
  @Test("sessions run, under their owner's name, and the engine says what it cannot do")
  func runs() async {
    await #expect(processExitsWith: .success) {
      try becomeOrdinaryUser()
      try await LocalEngineFixture.with { fixture in
        let ended = try await fixture.run("id -un; id -u; pwd; touch kept; grep CapEff /proc/self/status; exit 3")
        #expect(ended.log == "alice\n20001\n/arc/home/alice\nCapEff:\t0000000000000000\n", "\(ended.ending)")
        #expect(ended.outcome?.ending == .exited(code: 3))
        let limitations = fixture.engine.capabilities.limitations
        #expect(limitations.count == 4, "\(limitations)")
        #expect(limitations.first?.contains("does not run as root") == true)
      }
    }
  }

  @Test("a stop leaves no process behind, without control groups to find them by")
  func stops() async {
    await #expect(processExitsWith: .success) {
      try becomeOrdinaryUser()
      try await LocalEngineFixture.with { fixture in
        let id = try await fixture.launch("trap '' TERM; setsid sleep 98768 & sleep 98768 & echo ready; wait")
        try await fixture.waitForLine("ready", of: id)
        try await fixture.engine.stop(id, grace: .milliseconds(100))
        let ended = try await fixture.end(of: id)
        #expect(ended.outcome?.ending == .signalled(9))
        #expect(LocalEngineFixture.processes(with: "98768").isEmpty)
      }
    }
  }

  @Test("a killed supervisor takes its session with it")
  func supervisorKilled() async {
    await #expect(processExitsWith: .success) {
      try becomeOrdinaryUser()
      try await LocalEngineFixture.with { fixture in
        let id = try await fixture.launch("setsid sleep 98769 & exec sleep 98769")
        try await fixture.waitUntilRunning(id)
        kill(try #require(RestartTests.supervisor(of: id)), SIGKILL)
        guard case .lost = try await fixture.end(of: id).outcome?.ending else {
          Issue.record("it was not lost")
          return
        }
        try await eventually("all processes are gone") { LocalEngineFixture.processes(with: "98769").isEmpty }
      }
    }
  }

  @Test("another person's home and the manager's files are not there")
  func isolation() async {
    await #expect(processExitsWith: .success) {
      try becomeOrdinaryUser()
      try await LocalEngineFixture.with { fixture in
        _ = try await fixture.run("echo secret > note")
        let ended = try await fixture.run(
          "ls /arc/home; cat \(fixture.directory)/homes/alice/note; touch /usr/x; true", as: Person.bob)
        #expect(ended.log.hasPrefix("bob\n"))
        #expect(!ended.log.contains("secret\n"))
      }
    }
  }

  @Test("conforms")
  func conforms() async {
    await #expect(processExitsWith: .success) {
      try becomeOrdinaryUser()
      try await LocalEngineFixture.with { fixture in
        let subject = try ConformanceTests.subject(fixture)
        for check in EngineConformance.checks { try await check.run(subject) }
      }
    }
  }
}

/// Gives up root for good.
func becomeOrdinaryUser() throws {
  let ordinary: uid_t = 30_001
  try #require(setgroups(0, nil) == 0 && setgid(ordinary) == 0 && setuid(ordinary) == 0)
}
