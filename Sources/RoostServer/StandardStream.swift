import Glibc

/// Standard output or error of the process. A reader that has gone away is no reason for a server to end, so what cannot be
/// written is let go.
public enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Writes all of `bytes`.
  public func write(_ bytes: some Sequence<UInt8>) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest.removeFirst(count)
    }
  }
}
