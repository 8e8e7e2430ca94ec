public import Foundation
import GRDB
import Glibc
import Identity
import Sessions

/// The SQLite file that outlives the manager: sessions, their timelines, and who may have them.
///
/// Reads never wait for writes (WAL). A write returns when it is on the disk (`synchronous=FULL`).
public struct Journal: Sendable {
  let pool: DatabasePool

  /// Opens the journal in `directory`, making or bringing up to date its schema.
  ///
  /// - Parameter migrating: whether to bring an older schema up to date, which only the one server of the directory may.
  /// - Throws: `JournalError` if the file cannot be opened, is damaged, or was written by a newer Roost, or by an older one
  ///   and is not to be migrated.
  public init(directory: URL, migrating: Bool = true) throws(JournalError) {
    let file = directory.appending(path: Self.fileName)
    do {
      try Self.makePrivately(file)
      pool = try DatabasePool(path: file.path, configuration: Self.configuration)
      try Self.checkSchema(pool, migrating: migrating)
      try Self.makeCommitsDurable(pool)
    } catch {
      throw JournalError(opening: file.path, error)
    }
  }

  /// The file holds secret keys, and those that SQLite puts beside it take its permissions.
  private static func makePrivately(_ file: URL) throws {
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw JournalError("\(file.path) cannot be opened: \(String(cString: strerror(errno))).")
    }
    Glibc.close(descriptor)
  }

  static let fileName = "roost.sqlite"

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "journal"
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 4
    return configuration
  }

  private static func checkSchema(_ pool: DatabasePool, migrating: Bool) throws {
    let migrator = Schema.migrator
    if try pool.read(migrator.hasBeenSuperseded) { throw JournalError.newerVersion(pool.path) }
    if migrating {
      try migrator.migrate(pool)
    } else if try !pool.read(migrator.hasCompletedMigrations) {
      throw JournalError.olderVersion(pool.path)
    }
  }

  /// GRDB resets `synchronous` to NORMAL when it turns WAL on, so it is set afterwards and read back.
  private static func makeCommitsDurable(_ pool: DatabasePool) throws {
    let level = try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
    guard level == 2 else { throw JournalError.notDurable(pool.path) }
  }

  /// Closes the file. Nothing may be asked of the journal afterwards.
  public func close() { try? pool.close() }
}
