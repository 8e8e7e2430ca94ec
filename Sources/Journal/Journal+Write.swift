import Foundation
import GRDB
public import Sessions

extension Journal {
  /// Writes all `changes` in one transaction, in order; on the disk when it returns.
  ///
  /// - Throws: `JournalError`; nothing of `changes` is then written.
  public func write(_ changes: [SessionChange]) async throws(JournalError) {
    guard !changes.isEmpty else { return }
    do {
      let encoder = JSONEncoder()
      // A task of its own, awaited here: what was decided is written down even while the server is being stopped.
      try await Task { [pool] in
        try await pool.write { database in
          for change in changes { try Self.write(change, with: encoder, to: database) }
        }
      }.value
    } catch {
      throw JournalError("written", error)
    }
  }

  private static func write(_ change: SessionChange, with encoder: JSONEncoder, to database: Database) throws {
    switch change {
    case .session(let session): try write(session, with: encoder, to: database)
    case .event(let id, let event): try write(event, of: id, to: database)
    case .dismissed(let id):
      let statement = try database.cachedStatement(sql: "UPDATE session SET dismissed = 1 WHERE id = ?")
      try statement.execute(arguments: [id.text])
    }
  }

  private static func write(_ session: Session, with encoder: JSONEncoder, to database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO session (id, number, owner, ended_at, dismissed, document) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          ended_at = excluded.ended_at, dismissed = excluded.dismissed, document = excluded.document
          WHERE session.number = excluded.number
        """)
    try statement.execute(arguments: [
      session.id.text, session.number, session.owner.id.number,
      session.state.isTerminal ? session.endedAt?.milliseconds : nil,
      session.isDismissed, String(decoding: try encoder.encode(session), as: UTF8.self),
    ])
    guard database.changesCount == 1 else {
      throw JournalError("The id \(session.id) belongs to an earlier session; try again")
    }
  }

  private static func write(_ event: TimelineEvent, of id: SessionID, to database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO event (session, number, time, severity, reason, message)
        VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM event WHERE session = ?1), ?2, ?3, ?4, ?5)
        """)
    try statement.execute(arguments: [
      id.text, event.time.milliseconds, event.severity.rawValue, event.reason, event.message,
    ])
  }

  /// Deletes sessions and their timelines for good.
  public func delete(_ ids: [SessionID]) async throws(JournalError) {
    do {
      try await pool.write { database in
        let statement = try database.cachedStatement(sql: "DELETE FROM session WHERE id = ?")
        for id in ids { try statement.execute(arguments: [id.text]) }
      }
    } catch {
      throw JournalError("written", error)
    }
  }
}
