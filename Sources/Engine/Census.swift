public import Sessions

/// Everything of ours that an engine holds, at one moment.
public struct Census: Hashable, Sendable {
  public var sessions: [SessionID: EngineStatus]

  public init(_ sessions: [SessionID: EngineStatus] = [:]) { self.sessions = sessions }
}

/// What an engine knows of one session. Levels, not edges: a later status tells everything an earlier one did.
public enum EngineStatus: Hashable, Sendable {
  case preparing(LaunchPhase)
  /// Its process runs since then.
  case running(since: Instant)
  /// It is over. `startedAt` is `nil` if its program never ran.
  case ended(ending: EngineEnding, startedAt: Instant?, at: Instant)
  /// The engine cannot tell; the manager leaves things as they are.
  case unknown
}

/// How a session ended, as far as an engine can see it: it does not know who wanted it stopped.
public enum EngineEnding: Hashable, Sendable {
  case finished(Outcome)
  /// The program could not be started; a sentence says why.
  case couldNotStart(String)
}

/// One thing an engine saw.
public struct EngineObservation: Hashable, Sendable {
  public var id: SessionID
  public var status: EngineStatus

  public init(_ id: SessionID, _ status: EngineStatus) {
    self.id = id
    self.status = status
  }
}
