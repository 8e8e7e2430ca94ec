/// Where a session is in its life.
///
/// Each case carries what exists in that state only. The way through them is drawn in `ARCHITECTURE.md`.
public enum SessionState: Hashable, Sendable, Codable {
  /// Accepted and durable; waits for room.
  case pending
  /// Its slots are reserved and the engine has been told to launch it.
  case scheduled
  /// The engine works on it.
  case preparing(LaunchPhase)
  /// Its process runs.
  case running
  /// It was asked to stop, and has its grace.
  case terminating(StopReason)
  /// It is over, after having run.
  case terminated(Outcome)
  /// It was stopped before it ran.
  case cancelled(StopReason)
  /// It could not be run; a sentence says why.
  case error(String)

  /// Whether nothing can happen to the session any more.
  public var isTerminal: Bool {
    switch self {
    case .terminated, .cancelled, .error: true
    case .pending, .scheduled, .preparing, .running, .terminating: false
    }
  }

  /// Whether the engine may hold something of the session.
  public var isLaunched: Bool {
    switch self {
    case .scheduled, .preparing, .running, .terminating: true
    case .pending, .terminated, .cancelled, .error: false
    }
  }

  /// The state in one word, as it is stored and shown.
  public var word: String {
    switch self {
    case .pending: "pending"
    case .scheduled: "scheduled"
    case .preparing: "preparing"
    case .running: "running"
    case .terminating: "terminating"
    case .terminated: "terminated"
    case .cancelled: "cancelled"
    case .error: "error"
    }
  }
}

/// What an engine is doing to get a session running.
public enum LaunchPhase: String, Hashable, Sendable, Codable, CaseIterable {
  /// Fetching the image.
  case pulling
  /// Setting up limits, file systems and namespaces.
  case creating
  /// Starting the program.
  case starting
}

/// Why a session is being stopped, and on whose word.
public enum StopReason: Hashable, Sendable, Codable {
  /// A person asked for it; the name is for people to read.
  case request(by: String)
  /// Its lifetime was used up.
  case deadline
  /// It did not start in the time that a launch may take.
  case launchTimeout
}
