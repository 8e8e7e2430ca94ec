import Engine
import RoostTestSupport
import Sessions
import Testing

@testable import LocalEngine

@Suite("The local engine as an engine")
struct ConformanceTests {
  @Test("conforms", arguments: EngineConformance.checks)
  func conforms(_ check: EngineConformance.Check) async throws {
    try await LocalEngineFixture.with { try await check.run(Self.subject($0)) }
  }

  static func subject(_ fixture: LocalEngineFixture) throws -> EngineConformance.Subject {
    let template = try LocalEngineFixture.plan([])
    return EngineConformance.Subject(fixture.engine) { id, program in
      var plan = template
      plan.id = id
      plan.spec.command = command(program)
      return plan
    }
  }

  private static func command(_ program: EngineConformance.Program) -> [String] {
    switch program {
    case .exit(let code): ["/bin/sh", "-c", "exit \(code)"]
    case .print(let lines): ["printf", "%s\\n"] + lines
    case .wait(let lines): ["/bin/bash", "-c", "(($#)) && printf '%s\\n' \"$@\"; exec sleep 600", "bash"] + lines
    case .missing: ["no-such-program"]
    }
  }
}
