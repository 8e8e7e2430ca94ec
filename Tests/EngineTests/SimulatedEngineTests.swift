import Engine
import RoostTestSupport
import Sessions
import Testing

struct SimulatedEngineTests {
  private let clock = ManualClock()
  private let id = SessionID("simulate")!

  private func engine() -> SimulatedEngine { SimulatedEngine(nodes: [Sample.node], now: clock.now) }

  private func plan(_ command: String...) -> LaunchPlan {
    Sample.plan(id, command: command)
  }

  @Test func `launches a session once, however often it is told to`() async throws {
    let engine = engine()
    try await engine.launch(plan("sleep"))
    try await engine.launch(plan("sleep"))
    #expect(engine.launches == [id])
  }

  @Test func `fails on demand`() async throws {
    let engine = engine()
    engine.setFaults { $0.launchError = EngineError("no", isRetryable: false) }
    await #expect(throws: EngineError("no", isRetryable: false)) { try await engine.launch(plan("sleep")) }
    #expect(try await engine.census().sessions.isEmpty)
  }

  @Test func `starts a session and loses the answer on demand`() async throws {
    let engine = engine()
    engine.setFaults { $0.lostLaunchAnswer = EngineError("timeout", isRetryable: true) }
    await #expect(throws: EngineError.self) { try await engine.launch(plan("sleep")) }
    #expect(engine.launches == [id])
  }

  @Test func `stops what runs, and what is not there`() async throws {
    let engine = engine()
    try await engine.stop(id, grace: .zero)
    try await engine.launch(plan("sleep"))
    try await engine.stop(id, grace: .zero)
    guard case .ended = try await engine.census().sessions[id] else {
      Issue.record("it did not end")
      return
    }
  }

  @Test func `keeps the log of what was printed`() async throws {
    let engine = engine()
    try await engine.launch(plan("print", "one", "two"))
    var text = ""
    for try await chunk in engine.logs(of: id, LogRequest(tail: 1)) { text += String(decoding: chunk, as: UTF8.self) }
    #expect(text == "two\n")
  }
}
