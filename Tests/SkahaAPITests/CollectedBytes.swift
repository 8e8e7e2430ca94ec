import Synchronization

/// Bytes that several parties append to.
final class CollectedBytes: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }
  func read() -> [UInt8] { bytes.withLock { $0 } }
}
