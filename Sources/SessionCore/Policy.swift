import Sessions

/// The rules by which the core decides.
public struct Policy: Hashable, Sendable {
  /// How many interactive sessions a person may have pending or running at once.
  public var interactiveSessions: Int
  /// How many sessions of any kind a person may have that are not over.
  public var liveSessions: Int
  /// How many bytes of names, commands and environments these may have in all: they are held in memory.
  public var liveSpecBytes = 64 << 20
  /// How long a session may be overtaken by later ones that fit where it does not.
  public var overtakingLimit: Duration = .seconds(600)
  /// How long a session has between being asked to stop and being killed.
  public var stopGrace: Duration
  /// How long a launch may take.
  public var launchTimeout: Duration
  /// How often a launch that failed for a passing reason is tried.
  public var launchAttempts: Int

  public init(
    interactiveSessions: Int = 5, liveSessions: Int = 20_000, stopGrace: Duration = .seconds(10),
    launchTimeout: Duration = .seconds(600), launchAttempts: Int = 5
  ) {
    self.interactiveSessions = interactiveSessions
    self.liveSessions = liveSessions
    self.stopGrace = stopGrace
    self.launchTimeout = launchTimeout
    self.launchAttempts = launchAttempts
  }

  /// How long to wait before the launch after `attempts` failed ones: 1 s, 4 s, 16 s, … at most 5 minutes.
  public func retryDelay(after attempts: Int) -> Duration {
    .seconds(min(300, 1 << (2 * min(max(attempts - 1, 0), 8))))
  }

  /// How long to wait for an answer to a stop before sending it again.
  var stopRepeatInterval: Duration { stopGrace + .seconds(15) }
}
