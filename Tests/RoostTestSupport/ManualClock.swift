public import Sessions
import Synchronization

/// A clock that stands still until it is moved.
public final class ManualClock: Sendable {
  private let instant: Mutex<Instant>

  public init(_ start: Instant = Instant(milliseconds: 1_767_225_600_000)) { instant = Mutex(start) }

  /// The time.
  @Sendable public func now() -> Instant { instant.withLock { $0 } }

  /// Moves the time on.
  public func advance(by duration: Duration) { instant.withLock { $0 = $0 + duration } }
}
