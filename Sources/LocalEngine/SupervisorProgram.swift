import Engine
import Glibc

/// Starts the program that watches sessions. Blocks until it has detached itself.
struct SupervisorProgram: Sendable {
  let path: String

  /// The exit statuses that the program and the engine have agreed upon.
  private enum Status {
    static let accepted: Int32 = 0
    static let tryLater: Int32 = 75
  }

  /// Starts the supervisor of the session in a directory.
  func watch(_ directory: String) throws(EngineError) { try run("watch", directory) }

  /// Cleans up after a supervisor that was killed, and writes the outcome in its place.
  func bury(_ directory: String) throws(EngineError) { try run("bury", directory) }

  private func run(_ command: String, _ directory: String) throws(EngineError) {
    var ends: [Int32] = [0, 0]
    // A pair of sockets, as it can be made close-on-exec in one step.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw failure("no pipe could be made", errno)
    }
    defer { close(ends[0]) }
    var process: pid_t = 0
    let code = spawn([path, command, directory], standardError: ends[1], &process)
    close(ends[1])
    guard code == 0 else { throw failure("\(path) could not be started", code) }
    let words = readToEnd(ends[0])
    let status = wait(process)
    guard status != Status.accepted else { return }
    throw EngineError(
      words.isEmpty ? "The supervisor of the session failed with status \(status)." : words,
      isRetryable: status == Status.tryLater || status > 128)
  }

  private func failure(_ what: String, _ code: Int32) -> EngineError {
    let isPassing = code == EAGAIN || code == ENOMEM || code == EMFILE || code == ENFILE
    return EngineError("The session's supervisor: \(what): \(String(cString: strerror(code))).", isRetryable: isPassing)
  }

  /// In a process group of its own, so that Ctrl-C on the manager's terminal does not reach it.
  private func spawn(_ words: [String], standardError: Int32, _ process: inout pid_t) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, standardError, STDERR_FILENO)
    var all = sigset_t(), none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), nil]
    defer { for pointer in arguments + environment { free(pointer) } }
    return posix_spawn(&process, path, &actions, &attributes, &arguments, &environment)
  }

  private func readToEnd(_ file: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1024)
    while bytes.count < 1 << 16 {
      let count = read(file, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(separator: " ")
  }

  /// The exit status, or 128 and the signal's number.
  private func wait(_ process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}
