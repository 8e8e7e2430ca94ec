import Foundation
import GRDB
import Identity
import Journal
import RoostTestSupport
import Sessions
import Testing

struct JournalTests {
  private func session(_ id: String, number: Int64, ended: Instant? = nil) -> Session {
    var session = Session(
      id: SessionID(id)!, owner: Sample.alice.owner, spec: Sample.spec(name: "naïve = \"ok\"\n"),
      createdAt: Instant(milliseconds: number), number: number)
    if let ended {
      session.state = .terminated(Outcome(.exited(code: 3), peakMemory: .mebibytes(5), cpuTime: .milliseconds(1500)))
      session.endedAt = ended
    }
    return session
  }

  @Test func `gives back what was written, after being closed and opened again`() async throws {
    try await withTemporaryDirectory { directory in
      let live = session("live0000", number: 1)
      let ended = session("ended000", number: 2, ended: Instant(milliseconds: 50))
      let event = TimelineEvent(
        time: Instant(milliseconds: 3), severity: .warning, reason: "Failed", message: "so it is")
      let journal = try Journal(directory: directory)
      try await journal.write([.session(live), .event(live.id, event), .session(ended)])
      journal.close()

      let reopened = try Journal(directory: directory)
      let (sessions, lastNumber) = try reopened.liveSessions()
      #expect(sessions == [live])
      #expect(lastNumber == 2)
      #expect(try await reopened.session(ended.id) == ended)
      #expect(try await reopened.timeline(of: live.id) == [event])
    }
  }

  @Test func `writes everything of a batch or nothing`() async throws {
    try await withTemporaryDirectory { directory in
      let journal = try Journal(directory: directory)
      let stray = SessionID("stray000")!
      let event = TimelineEvent(time: Instant(milliseconds: 1), reason: "x", message: "x")
      await #expect(throws: JournalError.self) {
        try await journal.write([.session(session("live0000", number: 1)), .event(stray, event)])
      }
      #expect(try journal.liveSessions().sessions == [])
    }
  }

  @Test func `does not put a new session in the place of an old one with its id`() async throws {
    try await withTemporaryDirectory { directory in
      let journal = try Journal(directory: directory)
      let old = session("same0000", number: 1, ended: Instant(milliseconds: 5))
      try await journal.write([.session(old)])
      await #expect(throws: JournalError.self) { try await journal.write([.session(session("same0000", number: 2))]) }
      #expect(try await journal.session(old.id) == old)
    }
  }

  @Test func `lists ended sessions of their owner until they are put away`() async throws {
    try await withTemporaryDirectory { directory in
      let journal = try Journal(directory: directory)
      let ended = session("ended000", number: 2, ended: Instant(milliseconds: 50))
      try await journal.write([.session(ended)])
      let listed = { try await journal.endedSessions(of: UserID(1), after: Instant(milliseconds: 49)) }
      #expect(try await listed() == [ended])
      #expect(try await journal.endedSessions(of: UserID(1), after: Instant(milliseconds: 50)) == [])
      #expect(try await journal.endedSessions(of: UserID(2), after: Instant(milliseconds: 0)) == [])
      try await journal.write([.dismissed(ended.id)])
      #expect(try await listed() == [])
      #expect(try await journal.session(ended.id) != nil)
    }
  }

  @Test func `deletes a session with its timeline`() async throws {
    try await withTemporaryDirectory { directory in
      let journal = try Journal(directory: directory)
      let ended = session("ended000", number: 2, ended: Instant(milliseconds: 50))
      let event = TimelineEvent(time: Instant(milliseconds: 1), reason: "x", message: "x")
      try await journal.write([.session(ended), .event(ended.id, event)])
      #expect(try await journal.sessionsEnded(before: Instant(milliseconds: 51), limit: 10) == [ended.id])
      try await journal.delete([ended.id])
      #expect(try await journal.session(ended.id) == nil)
      #expect(try await journal.timeline(of: ended.id) == [])
    }
  }

  @Test func `knows a user by the token, and keeps no token`() async throws {
    try await withTemporaryDirectory { directory in
      let journal = try Journal(directory: directory)
      var generator = SystemRandomNumberGenerator()
      let credentials = Credentials(using: &generator)
      let user = try journal.addUser(UserName("alice")!, role: .user, credentials: credentials)
      #expect(try await journal.user(presenting: TokenDigest(of: credentials.token)) == user)
      #expect(try await journal.user(presenting: TokenDigest(of: Secret("other"))) == nil)
      journal.close()
      let stored = try Data(contentsOf: directory.appending(path: "roost.sqlite"))
      #expect(stored.range(of: Data(credentials.token.reveal().utf8)) == nil)
    }
  }

  @Test func `can be read by its owner alone`() async throws {
    try await withTemporaryDirectory { directory in
      let journal = try Journal(directory: directory)
      try await journal.write([.session(session("live0000", number: 1))])
      for name in ["roost.sqlite", "roost.sqlite-wal", "roost.sqlite-shm"] {
        let path = directory.appending(path: name).path
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
      }
    }
  }

  @Test func `refuses a second user of the same name`() async throws {
    try await withTemporaryDirectory { directory in
      let journal = try Journal(directory: directory)
      var generator = SystemRandomNumberGenerator()
      _ = try journal.addUser(UserName("alice")!, role: .user, credentials: Credentials(using: &generator))
      #expect(throws: RoostError.self) {
        try journal.addUser(UserName("alice")!, role: .user, credentials: Credentials(using: &generator))
      }
    }
  }

  @Test func `is not opened by an older Roost than wrote it`() async throws {
    try await withTemporaryDirectory { directory in
      try Journal(directory: directory).close()
      let queue = try DatabaseQueue(path: directory.appending(path: "roost.sqlite").path)
      try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 from the future')") }
      try queue.close()
      #expect(throws: JournalError.self) { try Journal(directory: directory) }
    }
  }

  @Test func `says so when the file is no database`() async throws {
    try await withTemporaryDirectory { directory in
      try Data(repeating: 7, count: 8192).write(to: directory.appending(path: "roost.sqlite"))
      let error = #expect(throws: JournalError.self) { try Journal(directory: directory) }
      #expect(error?.description.contains("damaged") == true)
    }
  }
}
