import Glibc

/// The few file operations that the engine needs, as system calls.
enum Files {
  /// The content of a file of at most `limit` bytes.
  static func read(_ path: String, limit: Int = 1 << 20) throws(SystemFailure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SystemFailure("read", path) }
    defer { close(file) }
    var bytes: [UInt8] = []
    while true {
      let chunk = try read(from: file, at: bytes.count, count: 1 << 16, path)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= limit else { throw SystemFailure("read", path, code: EFBIG) }
    }
  }

  /// The content of a small file as text; `nil` if it cannot be read.
  static func text(_ path: String) -> String? {
    guard let bytes = try? read(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Up to `count` bytes from `offset` on.
  static func read(from file: Int32, at offset: Int, count: Int, _ path: String) throws(SystemFailure) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var result = -1
      repeat { result = pread(file, buffer.baseAddress, count, off_t(offset)) } while result < 0 && errno == EINTR
      failed = result < 0
      initialized = max(0, result)
    }
    if failed { throw SystemFailure("read", path) }
    return bytes
  }

  /// Writes to a file that exists already, in one call.
  static func control(_ path: String, _ text: String) throws(SystemFailure) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw SystemFailure("written", path) }
    defer { close(file) }
    var text = text
    let written = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
    guard written == text.utf8.count else { throw SystemFailure("written", path) }
  }

  /// Makes `path` hold `bytes`, entirely or not at all, readable for its owner only.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(SystemFailure) {
    let temporary = path + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemFailure("written", temporary) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written >= 0 else { throw SystemFailure("written", temporary) }
      rest = rest.dropFirst(written)
    }
    guard rename(temporary, path) == 0 else { throw SystemFailure("written", path) }
  }

  /// Makes a directory, and those above it, for its owner only; one that exists stays as it is.
  static func makeDirectory(_ path: String, mode: mode_t = 0o700) throws(SystemFailure) {
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw SystemFailure("made", path)
    }
    try makeDirectory(String(path[..<slash]), mode: mode)
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw SystemFailure("made", path) }
  }

  /// The names in a directory, without `.` and `..`, in no order.
  static func names(in path: String) throws(SystemFailure) -> [String] {
    guard let directory = opendir(path) else { throw SystemFailure("listed", path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = Glibc.readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Deletes a directory with the files in it.
  static func removeDirectory(_ path: String) throws(SystemFailure) {
    let names: [String]
    do { names = try self.names(in: path) } catch {
      if error.isMissing { return }
      throw error
    }
    for name in names where unlink("\(path)/\(name)") != 0 && errno != ENOENT {
      throw SystemFailure("deleted", "\(path)/\(name)")
    }
    guard rmdir(path) == 0 || errno == ENOENT else { throw SystemFailure("deleted", path) }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func status(_ path: String, followingLinks: Bool = true) throws(SystemFailure) -> stat {
    var status = stat()
    guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
      throw SystemFailure("examined", path)
    }
    return status
  }

  static func isDirectory(_ path: String) -> Bool {
    guard let status = try? status(path) else { return false }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// Where a symbolic link leads; `nil` if it is none.
  static func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), bytes.count) } ?? -1
    }
    return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// The path without symbolic links; `path` itself if it does not exist.
  static func resolved(_ path: String) -> String {
    guard let result = realpath(path, nil) else { return path }
    defer { free(result) }
    return String(cString: result)
  }
}
