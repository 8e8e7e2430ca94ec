import Dispatch
import Engine
import Glibc
import Sessions

/// The socket on which supervisors say that something about their session has changed.
struct HintSocket: Sendable {
  private let descriptor: Int32
  private let path: String

  static let name = "events.sock"

  /// Binds the socket in a directory, in the place of one that a manager before this left.
  init(in directory: String) throws(SystemFailure) {
    path = "\(directory)/\(Self.name)"
    descriptor = socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw SystemFailure("made", path) }
    unlink(path)
    do { try Self.bind(descriptor, in: directory) } catch {
      close(descriptor)
      throw error
    }
    chmod(path, 0o600)
  }

  /// By way of an open directory, as the name of a socket may have no more than 107 bytes.
  private static func bind(_ descriptor: Int32, in directory: String) throws(SystemFailure) {
    let place = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard place >= 0 else { throw SystemFailure("entered", directory) }
    defer { close(place) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let text = Array("/proc/self/fd/\(place)/\(name)".utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw SystemFailure("made", "\(directory)/\(name)") }
  }

  /// The sessions that something has changed about. Ends, and closes the socket, when nobody iterates any more.
  func hints() -> AsyncStream<SessionID> {
    let (stream, continuation) = AsyncStream.makeStream(of: SessionID.self, bufferingPolicy: .bufferingNewest(4096))
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "roost.hints"))
    source.setEventHandler { [descriptor] in
      while let id = Self.receive(descriptor) { continuation.yield(id) }
    }
    source.setCancelHandler { [descriptor, path] in
      close(descriptor)
      unlink(path)
    }
    // A dispatch source may be cancelled from any thread; the type does not say so.
    nonisolated(unsafe) let cancellable = source
    continuation.onTermination = { _ in cancellable.cancel() }
    source.activate()
    return stream
  }

  private static func receive(_ descriptor: Int32) -> SessionID? {
    var buffer = [UInt8](repeating: 0, count: 64)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if let id = SessionID(String(decoding: buffer.prefix(count), as: UTF8.self)) { return id }
    }
  }
}
