import Foundation
public import Sessions

/// The machine's clock.
public enum SystemClock {
  /// The time of day, in UTC.
  @Sendable public static func now() -> Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
