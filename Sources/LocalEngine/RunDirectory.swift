import Engine
import Glibc
import Sessions

/// What is kept of one session: its plan, its supervisor's lock and control pipe, its log, its outcome.
struct RunDirectory: Sendable {
  let id: SessionID
  let path: String

  /// The command of `fcntl` that asks about a lock of an open file; missing from Glibc's module map.
  private static let queryOpenFileLock: Int32 = 36

  var exists: Bool { Files.exists(path) }
  var log: String { path + "/log" }
  var previousLog: String { path + "/log.1" }
  /// Whether the session has run, runs, or must not run again.
  var isUsed: Bool { Files.exists(path + "/started") || Files.exists(path + "/outcome") }
  var hasOutcome: Bool { Files.exists(path + "/outcome") }

  /// Whether a supervisor is alive. Asking does not disturb one that is about to take the lock.
  func isSupervised() throws(SystemFailure) -> Bool {
    let file = open(path + "/lock", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return false }
      throw SystemFailure("read", path + "/lock")
    }
    defer { close(file) }
    var query = flock()
    query.l_type = Int16(F_WRLCK)
    query.l_whence = Int16(SEEK_SET)
    guard fcntl(file, Self.queryOpenFileLock, &query) == 0 else { throw SystemFailure("examined", path + "/lock") }
    return query.l_type != Int16(F_UNLCK)
  }

  /// When the program started; `nil` if it has not, or a program was found that could not be started.
  func startedAt() -> Instant? {
    guard let text = Files.text(path + "/started"), let line = text.split(separator: "\n").first else { return nil }
    return Int64(line).map(Instant.init(milliseconds:))
  }

  /// How it ended; `nil` if it has not.
  func outcome() throws(SystemFailure) -> EngineStatus? {
    do {
      let text = String(decoding: try Files.read(path + "/outcome"), as: UTF8.self)
      return OutcomeFile(text)?.status ?? .unknown
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  /// What became of handing a request to the supervisor.
  enum Delivery { case done, nobodyListens, pipeIsFull }

  func send(_ request: String) throws(SystemFailure) -> Delivery {
    let file = open(path + "/control", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENXIO || errno == ENOENT { return .nobodyListens }
      throw SystemFailure("written", path + "/control")
    }
    defer { close(file) }
    var text = request
    let written = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
    if written == text.utf8.count { return .done }
    guard errno == EAGAIN else { throw SystemFailure("written", path + "/control") }
    return .pipeIsFull
  }
}

/// All sessions' directories.
struct RunDirectories: Sendable {
  let path: String

  subscript(_ id: SessionID) -> RunDirectory { RunDirectory(id: id, path: "\(path)/\(id)") }

  func ids() throws(SystemFailure) -> [SessionID] { try Files.names(in: path).compactMap(SessionID.init) }
}
