import GRDB

/// The tables, and every step from an empty file to them. A step that has been released is never edited.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 sessions", migrate: createSessions)
    migrator.registerMigration("1 identity", migrate: createIdentity)
    return migrator
  }

  /// The columns beside `document` repeat what queries select by; `document` is the whole session as JSON.
  private static func createSessions(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE session (
          id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 8),
          number INTEGER NOT NULL UNIQUE,
          owner INTEGER NOT NULL,
          ended_at INTEGER,
          dismissed INTEGER NOT NULL CHECK (dismissed IN (0, 1)),
          document TEXT NOT NULL CHECK (json_valid(document))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_live ON session (number) WHERE ended_at IS NULL;
        CREATE INDEX session_listed ON session (owner, ended_at) WHERE ended_at IS NOT NULL AND dismissed = 0;
        CREATE INDEX session_ended ON session (ended_at) WHERE ended_at IS NOT NULL;

        CREATE TABLE event (
          session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
          number INTEGER NOT NULL,
          time INTEGER NOT NULL,
          severity TEXT NOT NULL CHECK (severity IN ('Normal', 'Warning')),
          reason TEXT NOT NULL,
          message TEXT NOT NULL,
          PRIMARY KEY (session, number)
        ) STRICT, WITHOUT ROWID;
        """)
  }

  private static func createIdentity(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE user (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL UNIQUE,
          role TEXT NOT NULL CHECK (role IN ('user', 'administrator'))
        ) STRICT;

        CREATE TABLE token (
          digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
          user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE keypair (
          access_key TEXT NOT NULL PRIMARY KEY,
          secret_key TEXT NOT NULL,
          user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        """)
  }
}
