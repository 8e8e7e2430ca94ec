import Foundation
import Glibc

/// Held for as long as a server uses a data directory, so that no second one does. The kernel frees it with the process.
final class DataDirectoryLock: Sendable {
  private let descriptor: Int32

  /// Lets another server have the directory.
  func release() { _ = flock(descriptor, LOCK_UN) }

  /// - Throws: `StartError` if another server holds the directory.
  init(of directory: DataDirectory) throws(StartError) {
    let path = directory.url.appending(path: "lock").path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StartError("\(path) cannot be opened: \(String(cString: strerror(errno))).")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StartError(
        "Another Roost server uses the data directory \(directory.url.path). Stop it, or give another --data directory."
      )
    }
  }

  deinit { close(descriptor) }
}
