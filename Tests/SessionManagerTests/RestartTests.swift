import Engine
import Foundation
import RoostTestSupport
import SessionCore
import SessionManager
import Sessions
import Testing

struct RestartTests {
  private func makeEngine(_ clock: ManualClock) -> SimulatedEngine {
    SimulatedEngine(nodes: [Sample.node], images: Sample.images, now: clock.now)
  }

  @Test func `sessions go on without the manager, and it finds them and those that ended meanwhile`() async throws {
    try await withTemporaryDirectory { directory in
      let clock = ManualClock()
      let engine = makeEngine(clock)
      let (running, ending) = try await ManagerFixture.with(directory: directory, engine: engine, clock: clock) {
        roost in
        let running = try await roost.manager.create(Sample.spec(), for: Sample.alice)
        let ending = try await roost.manager.create(Sample.spec(), for: Sample.alice)
        #expect(try await roost.wait(for: running.id) { $0 == .running })
        #expect(try await roost.wait(for: ending.id) { $0 == .running })
        return (running.id, ending.id)
      }
      engine.end(ending, .exited(code: 7))
      clock.advance(by: .seconds(60))
      try await ManagerFixture.with(directory: directory, engine: engine, clock: clock) {
        (roost) async throws -> Void in
        #expect(try await roost.wait(for: ending) { $0 == .terminated(Outcome(.exited(code: 7))) })
        #expect(try await roost.wait(for: running) { $0 == .running })
        #expect(engine.launches.count == 2)
      }
    }
  }

  @Test func `a session whose launch was decided and not carried out is launched after the restart, once`() async throws
  {
    try await withTemporaryDirectory { directory in
      let clock = ManualClock()
      let engine = makeEngine(clock)
      engine.setFaults { $0.launchError = EngineError("the manager dies here", isRetryable: true) }
      let id = try await ManagerFixture.with(directory: directory, engine: engine, clock: clock) { roost in
        try await roost.manager.create(Sample.spec(), for: Sample.alice).id
      }
      engine.setFaults { $0.launchError = nil }
      clock.advance(by: .seconds(60))
      try await ManagerFixture.with(directory: directory, engine: engine, clock: clock) {
        (roost) async throws -> Void in
        #expect(try await roost.wait(for: id) { $0 == .running })
        #expect(engine.launches == [id])
      }
    }
  }

  @Test func `an observation that is lost is made up for by the census`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        roost.engine.setFaults { $0.losesObservations = true }
        let session = try await roost.manager.create(Sample.spec(), for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0 == .running })
        roost.engine.end(session.id, .outOfMemory)
        #expect(try await roost.wait(for: session.id) { $0 == .terminated(Outcome(.outOfMemory)) })
      }
    }
  }

  @Test func `an engine that does not answer ends nothing`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let session = try await roost.manager.create(Sample.spec(), for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0 == .running })
        roost.engine.setFaults { $0.unavailable = EngineError("gone fishing", isRetryable: true) }
        roost.clock.advance(by: .seconds(60))
        #expect(await eventually { roost.manager.snapshot.engineTrouble == "gone fishing" })
        #expect(try await roost.manager.session(session.id, for: Sample.alice).state == .running)
        roost.engine.setFaults { $0.unavailable = nil }
        #expect(await eventually { roost.manager.snapshot.engineTrouble == nil })
      }
    }
  }
}
