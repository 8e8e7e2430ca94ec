/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Millisecond integers compare and store exactly, so a decision replayed from the journal is the same decision.
public struct Instant: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }

  /// The instant as `YYYY-MM-DDTHH:MM:SSZ`, the form that Skaha clients parse.
  public var description: String { CivilTime(self).formattedSeconds }

  /// The instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`.
  public var descriptionWithMilliseconds: String { CivilTime(self).formattedMilliseconds }

  public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  public static func + (instant: Instant, duration: Duration) -> Instant {
    Instant(milliseconds: instant.milliseconds + duration.wholeMilliseconds)
  }

  public static func - (instant: Instant, duration: Duration) -> Instant {
    Instant(milliseconds: instant.milliseconds - duration.wholeMilliseconds)
  }

  public static func - (later: Instant, earlier: Instant) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }
}

extension Duration {
  /// The duration in milliseconds, rounded towards zero.
  public var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
