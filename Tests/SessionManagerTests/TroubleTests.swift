import Engine
import Foundation
import GRDB
import HashTreeCollections
import RoostTestSupport
import SessionCore
import SessionManager
import Sessions
import Testing

struct TroubleTests {
  /// Makes the journal refuse one kind of event for as long as `body` runs.
  private func refusing(_ reason: String, in directory: URL, _ body: () async throws -> Void) async throws {
    let queue = try DatabaseQueue(path: directory.appending(path: "roost.sqlite").path)
    try await queue.write {
      try $0.execute(
        sql: """
          CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.reason = '\(reason)'
          BEGIN SELECT RAISE(ABORT, 'refused'); END
          """)
    }
    try await body()
    try await queue.write { try $0.execute(sql: "DROP TRIGGER refuse") }
    try queue.close()
  }

  @Test func `what the engine answers while the journal cannot be written is not lost`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        roost.engine.setFaults { $0.launchError = EngineError("busy", isRetryable: true) }
        var id: SessionID?
        try await refusing("LaunchFailed", in: directory) {
          let session = try await roost.manager.create(Sample.spec(), for: Sample.alice)
          id = session.id
          #expect(try await roost.wait(for: session.id) { $0 == .scheduled })
          try await Task.sleep(for: .milliseconds(300))
        }
        let session = try #require(id)
        #expect(try await roost.wait(for: session) { $0 == .pending })
        roost.engine.setFaults { $0.launchError = nil }
        roost.clock.advance(by: .seconds(60))
        #expect(try await roost.wait(for: session) { $0 == .running })
      }
    }
  }

  @Test func `a session that the journal does not take is refused, and is nowhere`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let manager = roost.manager
        try await refusing("Accepted", in: directory) {
          let error = await #expect(throws: RoostError.self) {
            try await manager.create(Sample.spec(), for: Sample.alice)
          }
          #expect(error?.code == .unavailable)
        }
        #expect(manager.snapshot.sessions.isEmpty)
        #expect(roost.engine.launches.isEmpty)
      }
    }
  }

  @Test func `what runs although its record says that it is over is stopped`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        let session = try await roost.manager.create(Sample.spec(), for: Sample.alice)
        #expect(try await roost.wait(for: session.id) { $0 == .running })
        let plan = try #require(roost.engine.plan(of: session.id))
        roost.engine.vanish(session.id)
        roost.clock.advance(by: .seconds(5))
        #expect(try await roost.wait(for: session.id) { $0.isTerminal })
        try await roost.engine.launch(plan)
        let isStopped = try await eventually { try await roost.engine.census().sessions[session.id]?.isOver == true }
        #expect(isStopped)
      }
    }
  }

  @Test func `one session that cannot be deleted does not keep the others`() async throws {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(directory: directory) { roost in
        var ids: [SessionID] = []
        for _ in 1...2 {
          let id = try await roost.manager.create(Sample.spec(command: ["exit", "0"]), for: Sample.alice).id
          #expect(try await roost.wait(for: id) { $0.isTerminal })
          ids.append(id)
        }
        let stuck = ids[0]
        roost.engine.setFaults { $0.unforgettable = stuck }
        roost.clock.advance(by: .seconds(31 * 86_400))
        #expect(await eventually { roost.engine.plan(of: ids[1]) == nil })
        #expect(try await roost.manager.session(stuck, for: Sample.alice).id == stuck)
      }
    }
  }
}
