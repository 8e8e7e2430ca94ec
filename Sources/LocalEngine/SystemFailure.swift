import Glibc

/// A system call that failed.
struct SystemFailure: Error, CustomStringConvertible {
  let action: String
  let path: String
  let code: Int32

  /// Takes the code from `errno`.
  init(_ action: String, _ path: String) {
    self.action = action
    self.path = path
    code = errno
  }

  init(_ action: String, _ path: String, code: Int32) {
    self.action = action
    self.path = path
    self.code = code
  }

  var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  var description: String { "\(path) cannot be \(action): \(String(cString: strerror(code)))" }
}
