import Foundation
import GRDB
public import Sessions

extension Journal {
  /// The sessions that are not over, in the order of their acceptance, and the highest number of any that is kept.
  public func liveSessions() throws(JournalError) -> (sessions: [Session], lastNumber: Int64) {
    do {
      return try pool.read { database in
        let sessions = try Self.sessions(
          database, sql: "SELECT document FROM session WHERE ended_at IS NULL ORDER BY number", arguments: [])
        return (sessions, try Int64.fetchOne(database, sql: "SELECT coalesce(max(number), 0) FROM session") ?? 0)
      }
    } catch {
      throw JournalError("read", error)
    }
  }

  /// One session, live or over.
  public func session(_ id: SessionID) async throws(JournalError) -> Session? {
    try await read { database in
      try Self.sessions(database, sql: "SELECT document FROM session WHERE id = ?", arguments: [id.text]).first
    }
  }

  /// Whether an id belongs to any session that is kept.
  public func isTaken(_ id: SessionID) async throws(JournalError) -> Bool {
    try await read { database in
      let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM session WHERE id = ?)")
      return try Bool.fetchOne(statement, arguments: [id.text]) ?? false
    }
  }

  /// The ended sessions of one owner that have not been put away and ended after `instant`, the earliest first.
  public func endedSessions(of owner: UserID, after instant: Instant) async throws(JournalError) -> [Session] {
    try await read { database in
      try Self.sessions(
        database,
        sql: """
          SELECT document FROM session WHERE owner = ? AND ended_at > ? AND ended_at IS NOT NULL AND dismissed = 0
          ORDER BY ended_at
          """,
        arguments: [owner.number, instant.milliseconds])
    }
  }

  /// What happened to a session, in order.
  public func timeline(of id: SessionID) async throws(JournalError) -> [TimelineEvent] {
    try await read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT time, severity, reason, message FROM event WHERE session = ? ORDER BY number")
      return try Row.fetchAll(statement, arguments: [id.text]).map(TimelineEvent.init(row:))
    }
  }

  /// Sessions that ended before `instant`, the earliest first, at most `limit` after the first `skipped`.
  public func sessionsEnded(before instant: Instant, skipping skipped: Int = 0, limit: Int) async throws(JournalError)
    -> [SessionID]
  {
    try await read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT id FROM session WHERE ended_at < ? ORDER BY ended_at, id LIMIT ? OFFSET ?")
      let ids = try String.fetchAll(statement, arguments: [instant.milliseconds, limit, skipped])
      return ids.compactMap { SessionID($0) }
    }
  }

  func read<Value: Sendable>(
    _ query: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    do {
      return try await pool.read(query)
    } catch {
      throw JournalError("read", error)
    }
  }

  private static func sessions(_ database: Database, sql: String, arguments: StatementArguments) throws -> [Session] {
    let decoder = JSONDecoder()
    let statement = try database.cachedStatement(sql: sql)
    return try String.fetchAll(statement, arguments: arguments).map { document in
      try decoder.decode(Session.self, from: Data(document.utf8))
    }
  }
}

extension TimelineEvent {
  fileprivate init(row: Row) {
    self.init(
      time: Instant(milliseconds: row["time"]), severity: Severity(rawValue: row["severity"]) ?? .normal,
      reason: row["reason"], message: row["message"])
  }
}
