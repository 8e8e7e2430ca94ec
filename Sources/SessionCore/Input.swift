public import Sessions

/// Everything that can happen to the core.
public enum Input: Sendable {
  /// A person wants a session.
  case create(CreateRequest)
  /// A person, called `by`, wants a session stopped and put away.
  case destroy(SessionID, by: String)
  /// A person wants a running session to have its whole lifetime again.
  case renew(SessionID)

  /// The engine sees this.
  case status(SessionID, SessionStatus)
  /// The engine has taken a launch on, and cannot enforce some limits, each in a sentence.
  case launchAccepted(SessionID, limitations: [String] = [])
  /// The engine has refused a launch, for a reason in a sentence.
  case launchFailed(SessionID, reason: String, isRetryable: Bool)
  /// What the engine holds, asked for at `begun`: a session that is missing and was launched before then is gone.
  case census([SessionID: SessionStatus], begun: Instant)
  /// The nodes there are, by name, with what each has in all.
  case nodes([String: ResourceSlots])
  /// The engine does not answer, for a reason in a sentence.
  case engineUnavailable(String)

  /// Time has passed.
  case tick
}

/// A session that a person wants.
public struct CreateRequest: Sendable {
  /// Drawn at random by the shell; refused if it is taken.
  public var id: SessionID
  public var owner: Owner
  public var spec: SessionSpec

  public init(id: SessionID, owner: Owner, spec: SessionSpec) {
    self.id = id
    self.owner = owner
    self.spec = spec
  }
}

/// What an engine knows of one session, in the core's words.
public enum SessionStatus: Hashable, Sendable {
  case preparing(LaunchPhase)
  case running(since: Instant)
  /// It ran, or at least was started, and is over.
  case ended(Outcome, startedAt: Instant?, at: Instant)
  /// Its program could not be started, for a reason in a sentence.
  case couldNotStart(String, at: Instant)
  /// The engine cannot tell.
  case unknown
}
