import Engine
import Foundation
import RoostTestSupport
import SessionManager
import Sessions
import Testing

struct LifeTests {
  @Test func `a session runs to its end, and its timeline tells how`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let session = try await roost.manager.create(Sample.spec(command: ["exit", "3"]), for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0.isTerminal })
        let ended = try await roost.manager.session(session.id, for: Sample.alice)
        #expect(ended.state == .terminated(Outcome(.exited(code: 3))))
        let reasons = try await roost.manager.timeline(of: ended).map(\.reason)
        #expect(reasons.first == "Accepted")
        #expect(reasons.contains("Scheduled"))
        #expect(reasons.last == "Failed")
      }
    }
  }

  @Test func `the engine gets the environment that sessions are promised`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        var spec = Sample.spec(cores: 2)
        spec.environment = [EnvironmentVariable("REPLICA_ID", "7"), EnvironmentVariable("skaha_username", "mallory")]
        let session = try await roost.manager.create(spec, for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0 == .running })
        let environment = roost.engine.plan(of: session.id)?.environment ?? []
        let last = Dictionary(environment.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        #expect(last["REPLICA_ID"] == "7")
        #expect(last["REPLICA_COUNT"] == "1")
        #expect(last["skaha_username"] == "alice")
        #expect(last["skaha_sessionid"] == session.id.text)
        #expect(last["OMP_NUM_THREADS"] == "2")
      }
    }
  }

  @Test func `a destroyed session is listed no longer and can still be asked for`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let session = try await roost.manager.create(Sample.spec(), for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0 == .running })
        try await roost.manager.destroy(session.id, for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0.isTerminal })
        #expect(try await roost.manager.sessions(of: Sample.alice).isEmpty)
        let state = try await roost.manager.session(session.id, for: Sample.alice).state
        #expect(state == .terminated(Outcome(.stopped(.request(by: "alice")))))
      }
    }
  }

  @Test func `somebody else's session is as if it were not there`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let session = try await roost.manager.create(Sample.spec(), for: Sample.alice)
        let stranger = SessionID("aaaaaaaa")!
        let manager = roost.manager
        for id in [session.id, stranger] {
          let error = await #expect(throws: RoostError.self) { try await manager.session(id, for: Sample.bob) }
          #expect(error == RoostError(.notFound, "session \(id) not found"))
          await #expect(throws: RoostError.self) { try await manager.destroy(id, for: Sample.bob) }
          await #expect(throws: RoostError.self) { try await manager.renew(id, for: Sample.bob) }
        }
        #expect(try await manager.sessions(of: Sample.bob).isEmpty)
      }
    }
  }

  @Test func `an unknown image is refused with the closest names`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        var spec = Sample.spec()
        spec.image = ImageReference("images.canfar.net/skaha/terminl:1.1.2")!
        let (wanted, manager) = (spec, roost.manager)
        let error = await #expect(throws: RoostError.self) { try await manager.create(wanted, for: Sample.alice) }
        #expect(error?.message.contains("images.canfar.net/skaha/terminal:1.1.2") == true)
      }
    }
  }

  @Test func `512 sessions that cannot start yet are all accepted, each with its place`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let manager = roost.manager
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 1...512 {
            group.addTask { _ = try await manager.create(Sample.spec(cores: 4), for: Sample.alice) }
          }
          try await group.waitForAll()
        }
        let sessions = try await manager.sessions(of: Sample.alice)
        #expect(sessions.count == 512)
        let places = sessions.compactMap { manager.explanation(of: $0)?.position }
        #expect(places.sorted() == Array(1...511))
      }
    }
  }

  @Test func `what has been kept long enough is deleted, here and at the engine`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let session = try await roost.manager.create(Sample.spec(command: ["exit", "0"]), for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0.isTerminal })
        roost.clock.advance(by: .seconds(31 * 86_400))
        #expect(await eventually { roost.engine.plan(of: session.id) == nil })
        #expect(
          await eventually { (try? await roost.manager.session(session.id, for: Sample.alice)) == nil })
      }
    }
  }
}
