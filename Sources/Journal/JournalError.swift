import GRDB

/// Why the journal cannot be opened, read or written, in a sentence that says what to do.
public struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }

  static func newerVersion(_ path: String) -> JournalError {
    JournalError("\(path) was written by a newer Roost. Start that version, or give another --data directory.")
  }

  static func olderVersion(_ path: String) -> JournalError {
    JournalError("\(path) was written by an older Roost. Start this version's server on it first.")
  }

  static func notDurable(_ path: String) -> JournalError {
    JournalError("\(path) cannot be set to synchronous=FULL. Put the data directory on a local file system.")
  }

  init(opening path: String, _ error: any Error) {
    if let known = error as? JournalError {
      self = known
    } else if let error = error as? DatabaseError {
      description = "\(path) cannot be opened: \(Self.explain(error))"
    } else {
      description = "\(path) cannot be opened: \(error)"
    }
  }

  init(_ doing: String, _ error: any Error) {
    if let known = error as? JournalError {
      self = known
      return
    }
    let explained = (error as? DatabaseError).map(Self.explain) ?? "unexpectedly, by \(type(of: error))"
    description = "The journal cannot be \(doing): \(explained)"
  }

  private static func explain(_ error: DatabaseError) -> String {
    switch error.resultCode {
    case .SQLITE_FULL: "the disk is full. Free some space; Roost goes on by itself."
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: "it is damaged (\(error.message ?? "no details")). Restore it from a backup."
    case .SQLITE_CANTOPEN, .SQLITE_PERM: "no permission, or no such directory. Check who owns the data directory."
    case .SQLITE_READONLY: "it is read-only. Check who owns the data directory and how its disk is mounted."
    case .SQLITE_BUSY, .SQLITE_LOCKED: "another program holds it. Stop that program."
    case .SQLITE_IOERR:
      "the disk reports an error (\(error.message ?? "no details")). Check the disk and its free space."
    default: error.message ?? "SQLite error \(error.resultCode.rawValue)"
    }
  }
}
