import Engine
import Sessions
import Testing

@testable import LocalEngine

@Suite("How sessions of the local engine end")
struct OutcomeTests {
  @Test("a program killed by a signal is told from one that exits with 128 and its number")
  func signal() async throws {
    try await LocalEngineFixture.with { fixture in
      let killed = try await fixture.run("kill -USR1 $$")
      #expect(killed.outcome?.ending == .signalled(10))
      let exited = try await fixture.run("exit 138")
      #expect(exited.outcome?.ending == .exited(code: 138))
    }
  }

  @Test("what a program leaves running dies with it")
  func leftovers() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("setsid sleep 98761 & sleep 98761 & echo left")
      #expect(ended.log == "left\n")
      #expect(LocalEngineFixture.processes(with: "98761").isEmpty)
    }
  }

  @Test("a program that is no program may not be executed, and the sentence says so")
  func permissionDenied() async throws {
    try await LocalEngineFixture.with { fixture in
      let plan = try LocalEngineFixture.plan(["/etc/passwd"])
      try await fixture.engine.launch(plan)
      let expected = "The command '/etc/passwd' may not be executed: permission denied."
      let ending = try await fixture.end(of: plan.id).ending
      #expect(ending == .couldNotStart(expected))
    }
  }

  @Test("a command that is not there is named in the sentence")
  func commandNotFound() async throws {
    try await LocalEngineFixture.with { fixture in
      let plan = try LocalEngineFixture.plan(["no-such-program"])
      try await fixture.engine.launch(plan)
      let expected = "The command 'no-such-program' was not found in the image, or the interpreter that it names."
      #expect(try await fixture.end(of: plan.id).ending == .couldNotStart(expected))
    }
  }

  @Test("without a command, the image's own is started")
  func defaultCommand() async throws {
    try await LocalEngineFixture.with { fixture in
      let plan = try LocalEngineFixture.plan([])
      try await fixture.engine.launch(plan)
      #expect(try await fixture.end(of: plan.id).outcome?.ending == .exited(code: 0))
    }
  }

  @Test("a session that ended leaves no cgroup and no plan behind")
  func cleansUp() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("true")
      #expect(fixture.cgroupParents.allSatisfy { !Files.exists("\($0)/\(ended.id)") })
      #expect(!Files.exists(fixture.engine.runs[ended.id].path + "/plan"))
    }
  }

  @Test("the processor time of a session is counted")
  func processorTime() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("for ((i = 0; i < 100000; i++)); do :; done")
      let time = try #require(ended.outcome?.cpuTime)
      #expect(time > .milliseconds(20) && time < .seconds(10), "\(time)")
    }
  }
}

@Suite("Limits of the local engine", .serialized, .enabled(if: LocalEngineFixture.isRoot, LocalEngineFixture.needsRoot))
struct LimitTests {
  @Test("a program that takes more memory than its limit is killed for that, and the peak is told")
  func memory() async throws {
    try await LocalEngineFixture.with { fixture in
      try #require(fixture.engine.host.cgroups.has("memory"), "this machine has no memory cgroup")
      let ended = try await fixture.run("head -c 200M /dev/zero | tail", memory: .mebibytes(64))
      #expect(ended.outcome?.ending == .outOfMemory)
      let peak = try #require(ended.outcome?.peakMemory)
      #expect(peak > .mebibytes(48) && peak <= .mebibytes(64), "\(peak)")
    }
  }

  @Test("a program that outlives a child's death by memory ends as it ends")
  func survivedMemory() async throws {
    try await LocalEngineFixture.with { fixture in
      try #require(fixture.engine.host.cgroups.has("memory"), "this machine has no memory cgroup")
      let ended = try await fixture.run("(head -c 200M /dev/zero | tail) || :; exit 5", memory: .mebibytes(64))
      #expect(ended.outcome?.ending == .exited(code: 5))
    }
  }

  @Test("files in memory count against the memory limit")
  func temporaryFiles() async throws {
    try await LocalEngineFixture.with { fixture in
      try #require(fixture.engine.host.cgroups.has("memory"), "this machine has no memory cgroup")
      let ended = try await fixture.run("head -c 200M /dev/zero > /tmp/large", memory: .mebibytes(64))
      #expect(ended.outcome?.ending == .outOfMemory)
    }
  }

  @Test("a session that catches the death of a child for lack of memory, and goes on, is a success")
  func recovers() async throws {
    try await LocalEngineFixture.with { fixture in
      try #require(fixture.engine.host.cgroups.has("memory"), "this machine has no memory cgroup")
      let ended = try await fixture.run("head -c 200M /dev/zero | tail >/dev/null; exit 0", memory: .mebibytes(64))
      #expect(ended.outcome?.ending == .exited(code: 0))
    }
  }

  @Test("a session with half a core gets half a core")
  func processor() async throws {
    try await LocalEngineFixture.with { fixture in
      try #require(fixture.engine.host.cgroups.has("cpu"), "this machine has no cpu cgroup")
      let script = "for i in 1 2; do (while :; do :; done) & done; sleep 1.5; exit 0"
      let ended = try await fixture.run(script, cpu: MilliCPU(thousandths: 500))
      let start = try #require(ended.startedAt), used = try #require(ended.outcome?.cpuTime)
      let share = (used / .milliseconds(1)) / ((ended.endedAt - start) / .milliseconds(1))
      #expect(share > 0.2 && share < 0.6, "it got \(share) cores")
    }
  }

  @Test("a session cannot have more processes than its limit")
  func processes() async throws {
    try await LocalEngineFixture.with {
      $0.processLimit = 20
    } body: { fixture in
      try #require(fixture.engine.host.cgroups.has("pids"), "this machine has no pids cgroup")
      let plan = try LocalEngineFixture.plan(["/bin/sh", "-c", "for i in $(seq 100); do sleep 60 & done; echo all"])
      try await fixture.engine.launch(plan)
      let ended = try await fixture.end(of: plan.id)
      #expect(ended.log.contains("Cannot fork"), "\(ended.log)")
      #expect(!ended.log.contains("all"))
    }
  }

  @Test("usage shows the memory and the processor time of a running session")
  func usage() async throws {
    try await LocalEngineFixture.with { fixture in
      try #require(fixture.engine.host.cgroups.has("memory"), "this machine has no memory cgroup")
      let id = try await fixture.launch("x=$(head -c 30M /dev/zero | tr '\\0' x); echo ready; while :; do :; done")
      try await fixture.waitForLine("ready", of: id)
      let first = try #require(try await fixture.engine.usage()[id])
      #expect(first.cpu == nil)
      #expect(first.memory > .mebibytes(25) && first.memory < .mebibytes(200), "\(first.memory)")
      try await eventually("usage of the processor") {
        guard let cpu = try await fixture.engine.usage()[id]?.cpu else { return false }
        return cpu > MilliCPU(thousandths: 100)
      }
    }
  }
}
