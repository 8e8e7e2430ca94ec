import Engine
import Glibc
import RoostTestSupport
import Sessions
import Testing

@testable import LocalEngine

/// A user of a test.
enum Person {
  static let alice = PosixAccount(name: "alice", uid: 20001, gid: 20001)
  static let bob = PosixAccount(name: "bob", uid: 20002, gid: 20002)
}

/// What a test knows of a session that has ended.
struct EndedSession {
  var id: SessionID
  var ending: EngineEnding
  var startedAt: Instant?
  var endedAt: Instant
  var log: String

  var outcome: Outcome? {
    guard case .finished(let outcome) = ending else { return nil }
    return outcome
  }
}

extension LocalEngineFixture {
  static func newID() -> SessionID {
    var generator = SystemRandomNumberGenerator()
    return .random(using: &generator)
  }

  static func plan(
    _ command: [String], id: SessionID = newID(), name: String = "Test Session", as person: PosixAccount = Person.alice,
    cpu: MilliCPU = .cores(2), memory: ByteCount = .gibibytes(1), environment: [EnvironmentVariable] = []
  ) throws -> LaunchPlan {
    let slots = ResourceSlots(cpu: cpu, memory: memory)
    return LaunchPlan(
      id: id,
      spec: SessionSpec(
        name: name, kind: .headless, image: try #require(ImageReference("skaha/terminal:1.1.2")),
        resources: ResourceRequest(reserved: slots, limit: slots, isFixed: true), command: command,
        lifetime: .seconds(600)),
      account: person, environment: environment)
  }

  /// Launches a shell script.
  func launch(
    _ script: String, as person: PosixAccount = Person.alice, cpu: MilliCPU = .cores(2),
    memory: ByteCount = .gibibytes(1), environment: [EnvironmentVariable] = []
  ) async throws -> SessionID {
    let plan = try Self.plan(
      ["/bin/bash", "-c", script], as: person, cpu: cpu, memory: memory, environment: environment)
    try await engine.launch(plan)
    return plan.id
  }

  /// Runs a shell script to its end.
  func run(
    _ script: String, as person: PosixAccount = Person.alice, cpu: MilliCPU = .cores(2),
    memory: ByteCount = .gibibytes(1), environment: [EnvironmentVariable] = []
  ) async throws -> EndedSession {
    try await end(
      of: try await launch(script, as: person, cpu: cpu, memory: memory, environment: environment))
  }

  func end(of id: SessionID) async throws -> EndedSession {
    var status: EngineStatus?
    try await eventually("the end of \(id)") {
      status = try await engine.census().sessions[id]
      if case .ended = status { return true }
      return false
    }
    guard case .ended(let ending, let start, let end) = try #require(status) else {
      throw EngineConformance.Failure("")
    }
    return EndedSession(id: id, ending: ending, startedAt: start, endedAt: end, log: try await log(of: id))
  }

  func waitUntilRunning(_ id: SessionID) async throws {
    try await eventually("the start of \(id)") {
      if case .running = try await engine.census().sessions[id] { return true }
      return false
    }
  }

  /// Waits until the log ends with a line.
  func waitForLine(_ line: String, of id: SessionID) async throws {
    try await eventually("'\(line)' in the log of \(id)") {
      try await log(of: id, LogRequest(tail: 1)) == line + "\n"
    }
  }

  func log(of id: SessionID, _ request: LogRequest = LogRequest()) async throws -> String {
    String(decoding: try await logBytes(of: id, request), as: UTF8.self)
  }

  func logBytes(of id: SessionID, _ request: LogRequest = LogRequest()) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in engine.logs(of: id, request) { bytes += chunk }
    return bytes
  }

  /// Processes of this machine whose command line contains a word.
  static func processes(with word: String) -> [pid_t] {
    ((try? Files.names(in: "/proc")) ?? []).compactMap { name in
      guard let process = pid_t(name), process != getpid() else { return nil }
      let commandLine = (try? Files.read("/proc/\(name)/cmdline")).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return commandLine.contains(word) ? process : nil
    }
  }
}
