import Engine
import Glibc
import Logging
import Sessions
import Testing

@testable import LocalEngine

@Suite("Sessions that outlive their manager")
struct RestartTests {
  @Test("a new engine finds what runs and what has ended meanwhile")
  func reopen() async throws {
    try await LocalEngineFixture.with { fixture in
      let running = try await fixture.launch("echo first; read -t 600 < <(sleep 600)")
      try await fixture.waitForLine("first", of: running)
      let ended = try await fixture.run("echo over; exit 4")
      let before = try await fixture.engine.census()
      let again = try await fixture.reopened()
      #expect(try await again.census() == before)
      try await again.stop(running, grace: .zero)
      _ = try await fixture.end(of: running)
      guard case .ended(.finished(let outcome), _, _) = try await again.census().sessions[ended.id] else {
        Issue.record("the ended session is not known")
        return
      }
      #expect(outcome.ending == .exited(code: 4))
    }
  }

  @Test("the supervisor is in a session and a process group of its own, with init for a parent")
  func detached() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("exec sleep 600")
      try await fixture.waitUntilRunning(id)
      let supervisor = try #require(Self.supervisor(of: id))
      #expect(getsid(supervisor) == supervisor)
      #expect(getpgid(supervisor) != getpgid(0))
      let status = try #require(Files.text("/proc/\(supervisor)/status"))
      #expect(!status.contains("PPid:\t\(getpid())\n"))
    }
  }

  @Test("a session whose supervisor is killed is lost, and its processes and cgroups are gone")
  func supervisorKilled() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("setsid sleep 98766 & exec sleep 98766")
      try await fixture.waitUntilRunning(id)
      kill(try #require(Self.supervisor(of: id)), SIGKILL)
      let ended = try await fixture.end(of: id)
      guard case .lost(let sentence) = ended.outcome?.ending else {
        Issue.record("it ended with \(ended.ending)")
        return
      }
      #expect(sentence.contains("was killed"))
      #expect(ended.startedAt != nil)
      try await eventually("all processes are gone") { LocalEngineFixture.processes(with: "98766").isEmpty }
      #expect(fixture.cgroupParents.allSatisfy { !Files.exists("\($0)/\(id)") })
      #expect(try await fixture.reopened().census().sessions[id] == (try await fixture.engine.census().sessions[id]))
    }
  }

  @Test("a supervisor killed at any moment leaves a session that is lost, or one that can be launched again")
  func supervisorKilledAnytime() async throws {
    try await LocalEngineFixture.with { fixture in
      for step in 0..<30 {
        let id = try await fixture.launch("exec sleep 98767")
        usleep(useconds_t(step * 400))
        if let supervisor = Self.supervisor(of: id) { kill(supervisor, SIGKILL) }
        try await eventually("the supervisor is gone") { try !fixture.engine.runs[id].isSupervised() }
        guard let status = try await fixture.engine.census().sessions[id] else {
          try await fixture.engine.launch(try LocalEngineFixture.plan(["true"], id: id))
          #expect(try await fixture.end(of: id).outcome?.ending == .exited(code: 0))
          continue
        }
        guard case .ended(.finished(let outcome), _, _) = status, case .lost = outcome.ending else {
          Issue.record("killed after \(step * 400) µs, it is \(status)")
          continue
        }
      }
      try await eventually("all processes are gone") { LocalEngineFixture.processes(with: "98767").isEmpty }
    }
  }

  @Test("a supervisor that is told to end by the machine stops its session in order")
  func supervisorTerminated() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done")
      try await fixture.waitForLine("ready", of: id)
      kill(try #require(Self.supervisor(of: id)), SIGTERM)
      #expect(try await fixture.end(of: id).outcome?.ending == .exited(code: 5))
    }
  }

  @Test("a session that was killed with its supervisor before it began was never launched")
  func killedBeforeStart() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = LocalEngineFixture.newID()
      let directory = fixture.engine.runs[id]
      try Files.makeDirectory(directory.path)
      try Files.replace(directory.path + "/plan", [])
      try Files.replace(directory.path + "/lock", [])
      #expect(try await fixture.engine.census().sessions[id] == nil)
      let plan = try LocalEngineFixture.plan(["true"], id: id)
      try await fixture.engine.launch(plan)
      #expect(try await fixture.end(of: id).outcome?.ending == .exited(code: 0))
    }
  }

  @Test("an outcome that cannot be read is unknown, not an end")
  func unreadable() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = LocalEngineFixture.newID()
      let directory = fixture.engine.runs[id]
      try Files.makeDirectory(directory.path)
      try Files.replace(directory.path + "/outcome", Array("nonsense".utf8))
      #expect(try await fixture.engine.census().sessions[id] == .unknown)
    }
  }

  @Test("supervisors say when something has changed")
  func hints() async throws {
    try await LocalEngineFixture.with { fixture in
      let engine = fixture.engine
      let listener = Task { try await engine.run() }
      try await eventually("the socket") { Files.exists(fixture.engine.configuration.directory + "/events.sock") }
      let id = try await fixture.launch("exec sleep 600")
      var seen: [EngineStatus] = []
      for await observation in engine.observations where observation.id == id {
        seen.append(observation.status)
        if case .ended = observation.status { break }
        try await engine.stop(id, grace: .zero)
      }
      guard case .running = try #require(seen.first) else {
        Issue.record("the first hint was \(seen)")
        return
      }
      listener.cancel()
      try await listener.value
      #expect(!Files.exists(engine.configuration.directory + "/events.sock"))
    }
  }

  @Test("what has ended is read once, and known from then on")
  func endedIsRemembered() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = LocalEngineFixture.newID()
      let run = fixture.engine.runs[id].path
      try Files.makeDirectory(run)
      try Files.replace(run + "/outcome", Array("started_ms 1\nended_ms 2\nexit 0\n".utf8))
      let first = try await fixture.engine.census().sessions[id]
      try Files.replace(run + "/outcome", Array("exit 9\n".utf8))
      let second = try await fixture.engine.census().sessions[id]
      #expect(first != nil)
      #expect(second == first)
    }
  }

  /// The process that holds the session's lock open.
  static func supervisor(of id: SessionID) -> pid_t? {
    LocalEngineFixture.processes(with: id.text).first { process in
      let words = (try? Files.read("/proc/\(process)/cmdline")).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return words.contains("\0watch\0")
    }
  }
}
