/// One thing that happened to a session, as its owner reads it.
public struct TimelineEvent: Hashable, Sendable, Codable {
  public var time: Instant
  /// Whether it is as it should be, or a person should look.
  public var severity: Severity
  /// What happened, in one word: `Accepted`, `Scheduled`, `Started`, `OutOfMemory`.
  public var reason: String
  /// What happened, in a sentence on one line without two blanks in a row (clients split columns there).
  public var message: String

  public init(time: Instant, severity: Severity = .normal, reason: String, message: String) {
    self.time = time
    self.severity = severity
    self.reason = reason
    self.message = message
  }

  /// The raw values are the words of Kubernetes events, which Skaha clients show.
  public enum Severity: String, Hashable, Sendable, Codable {
    case normal = "Normal"
    case warning = "Warning"
  }
}
