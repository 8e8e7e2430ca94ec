public import Foundation
import Glibc
public import Identity

/// The directory that holds all of a server's state, and the right to be the one server that uses it.
public struct DataDirectory: Sendable {
  public let url: URL

  public var credentialsFile: URL { url.appending(path: "credentials.json") }
  var catalogueFile: URL { url.appending(path: "images.yaml") }
  var engineDirectory: URL { url.appending(path: "local") }
  var homesDirectory: URL { url.appending(path: "homes") }

  /// Makes the directory if it is not there, and checks that it is ours.
  ///
  /// It can be entered by everybody and listed by nobody else: sessions run as other users and reach their homes in it.
  ///
  /// - Throws: `StartError` if it is somebody else's, or cannot be made or written.
  public init(preparing url: URL) throws(StartError) {
    self.url = url
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
    } catch {
      throw StartError("The data directory \(url.path) cannot be made: \(Self.explain(error)).")
    }
    try checkOwner()
    guard access(url.path, R_OK | W_OK | X_OK) == 0, !isReadOnly else {
      throw StartError("The data directory \(url.path) cannot be written. Check its permissions and its disk.")
    }
  }

  /// Names a directory that a server has made.
  ///
  /// - Throws: `StartError` if there is none, or it is somebody else's.
  public init(existing url: URL) throws(StartError) {
    self.url = url
    guard FileManager.default.fileExists(atPath: url.appending(path: "roost.sqlite").path) else {
      throw StartError("There is no data directory at \(url.path). Start 'roost serve --data \(url.path)' first.")
    }
    try checkOwner()
  }

  private func checkOwner() throws(StartError) {
    var status = stat()
    guard stat(url.path, &status) == 0, status.st_uid != geteuid() else { return }
    throw StartError(
      "The data directory \(url.path) belongs to uid \(status.st_uid), and this is uid \(geteuid()). Start Roost as its owner, or give another --data directory."
    )
  }

  private var isReadOnly: Bool {
    var status = statvfs()
    return statvfs(url.path, &status) == 0 && status.f_flag & UInt(ST_RDONLY) != 0
  }

  private static func explain(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return underlying.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
  }
}

extension DataDirectory {
  /// Writes `credentials.json`, readable by its owner alone from the first byte.
  public func write(_ credentials: CredentialsFile) throws(StartError) {
    do {
      try writePrivately(try credentials.json(), to: credentialsFile)
    } catch let error as StartError {
      throw error
    } catch {
      throw StartError("\(credentialsFile.path) cannot be written: \(error.localizedDescription).")
    }
  }

  /// The administrator's credentials, if they have been written.
  public func readCredentials() -> CredentialsFile? {
    (try? Data(contentsOf: credentialsFile)).flatMap { try? CredentialsFile(json: $0) }
  }

  /// Notes that a server has taken requests here; `true` the first time.
  func noteService() -> Bool {
    let descriptor = open(url.appending(path: "served").path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0
  }

  private func writePrivately(_ data: Data, to file: URL) throws(StartError) {
    let temporary = file.appendingPathExtension("new")
    unlink(temporary.path)
    let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StartError("\(temporary.path) cannot be written: \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    errno = ENOSPC  // What a short write means; calls that fail say more.
    let written = data.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == data.count, fsync(descriptor) == 0, rename(temporary.path, file.path) == 0, syncEntries() else {
      throw StartError("\(file.path) cannot be written: \(String(cString: strerror(errno))).")
    }
  }

  /// Makes new names in the directory durable.
  private func syncEntries() -> Bool {
    let descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}
