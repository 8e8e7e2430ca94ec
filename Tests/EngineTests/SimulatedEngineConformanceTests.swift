import Engine
import RoostTestSupport
import Sessions
import Testing

@Suite("The simulated engine as an engine")
struct SimulatedEngineConformanceTests {
  @Test("conforms", arguments: EngineConformance.checks)
  func conforms(_ check: EngineConformance.Check) async throws {
    let engine = SimulatedEngine(nodes: [Sample.node], images: Sample.images, now: ManualClock().now)
    try await check.run(
      EngineConformance.Subject(engine) { id, program in Sample.plan(id, command: Self.command(program)) })
  }

  private static func command(_ program: EngineConformance.Program) -> [String] {
    switch program {
    case .exit(let code): ["exit", String(code)]
    case .print(let lines): ["print"] + lines
    case .wait(let lines): ["wait"] + lines
    case .missing: ["missing", "no-such-program"]
    }
  }
}
