/// A compute session: what was asked for, and what has become of it.
public struct Session: Hashable, Sendable, Codable, Identifiable {
  public let id: SessionID
  public let owner: Owner
  public let spec: SessionSpec
  public let createdAt: Instant
  /// Its number in the order of acceptance, unique among all that are kept; earlier sessions come first in the queue.
  public let number: Int64
  public var state: SessionState
  /// When the current state was entered.
  public var stateSince: Instant
  /// When its process started.
  public var startedAt: Instant?
  /// When it reached a terminal state.
  public var endedAt: Instant?
  /// When it will be stopped for having used up its lifetime; known from its start on.
  public var expiresAt: Instant?
  /// How many times the engine was told to launch it.
  public var launchAttempts = 0
  /// Not to be launched again before this instant.
  public var retryAt: Instant?
  /// Why the last launch failed, if it did and may be tried again.
  public var lastLaunchFailure: String?
  /// The node whose slots it holds; `nil` while it holds none.
  public var node: String?
  /// Whether its owner has put it away: no longer listed, still there to be asked for.
  public var isDismissed = false

  public init(id: SessionID, owner: Owner, spec: SessionSpec, createdAt: Instant, number: Int64) {
    self.id = id
    self.owner = owner
    self.spec = spec
    self.createdAt = createdAt
    self.number = number
    state = .pending
    stateSince = createdAt
  }
}

/// Whose a session is: the identity, and the name as it was when the session was made.
public struct Owner: Hashable, Sendable, Codable {
  public let id: UserID
  public let name: String

  public init(id: UserID, name: String) {
    self.id = id
    self.name = name
  }
}
