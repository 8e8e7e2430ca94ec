public import Sessions

/// Which part of a log is wanted, and how.
public struct LogRequest: Hashable, Sendable {
  /// Keep sending what is written until the session ends.
  public var follow: Bool
  /// Only the last so many lines; `nil` for all.
  public var tail: Int?
  /// Only lines written at or after this instant.
  public var since: Instant?
  /// Put `YYYY-MM-DDTHH:MM:SS.mmmZ ` before each line.
  public var timestamps: Bool

  public init(follow: Bool = false, tail: Int? = nil, since: Instant? = nil, timestamps: Bool = false) {
    self.follow = follow
    self.tail = tail
    self.since = since
    self.timestamps = timestamps
  }
}
