import Engine
import Glibc

/// The home directory of a user, outside and inside the sandbox.
struct HomeDirectory: Sendable {
  let path: String
  let pathInside: String
  private let account: PosixAccount

  static let maximumNameLength = 64

  /// - Throws: `EngineError` if the account's name cannot name a directory.
  init(_ account: PosixAccount, in homes: String) throws(EngineError) {
    guard Self.isName(account.name) else {
      throw EngineError(
        "The user name '\(account.name)' cannot name a home directory; use letters, digits, dots, dashes, underscores"
          + " and @, at most \(Self.maximumNameLength) characters.", isRetryable: false)
    }
    self.account = account
    path = "\(homes)/\(account.name)"
    pathInside = "/arc/home/\(account.name)"
  }

  private static func isName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= maximumNameLength, name != ".", name != ".." else { return false }
    return name.unicodeScalars.allSatisfy { scalar in
      guard scalar.isASCII else { return scalar.properties.isAlphabetic }
      return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._-@".unicodeScalars.contains(scalar)
    }
  }

  /// Makes the directory, which nobody else may enter, or checks that the one that is there is this user's.
  func make(ownedByUser: Bool) throws(EngineError) {
    do throws(SystemFailure) {
      try makeIfMissing(ownedByUser: ownedByUser)
      try check(Files.status(path, followingLinks: false), ownedByUser: ownedByUser)
    } catch {
      throw EngineError("The home directory: \(error).", isRetryable: true)
    }
  }

  private func makeIfMissing(ownedByUser: Bool) throws(SystemFailure) {
    guard mkdir(path, 0o700) == 0 else {
      if errno == EEXIST { return }
      throw SystemFailure("made", path)
    }
    guard !ownedByUser || lchown(path, account.uid, account.gid) == 0 else {
      let failure = SystemFailure("given to its user", path)
      rmdir(path)
      throw failure
    }
  }

  private func check(_ status: stat, ownedByUser: Bool) throws(SystemFailure) {
    guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemFailure("used", path, code: ENOTDIR) }
    guard !ownedByUser || status.st_uid == account.uid else {
      throw SystemFailure("used by \(account.name), as it belongs to another user id", path, code: EPERM)
    }
  }
}
