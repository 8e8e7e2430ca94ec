public import HashTreeCollections
public import Sessions

/// Decides what happens to sessions.
///
/// A value: it holds every live session, the queue and the ledger of slots, and has one door, `apply`. The same inputs at
/// the same instants give the same decisions. The shell writes a decision's changes down before it answers or acts.
public struct SessionCore: Sendable {
  public let policy: Policy
  /// Every session that is not over. Persistent: a copy costs nothing, so each turn can publish one.
  public internal(set) var sessions: TreeDictionary<SessionID, Session> = [:]
  public internal(set) var queue = PendingQueue()
  public internal(set) var ledger = Ledger()
  /// Why the engine cannot be asked at the moment; `nil` while it answers.
  public internal(set) var engineTrouble: String?

  var liveCounts: [UserID: LiveCount] = [:]
  /// Sessions whose launch the engine has been told of and has not answered.
  var launchesUnderWay: Set<SessionID> = []
  /// When the engine was last told to stop a session.
  var stopsSent: [SessionID: Instant] = [:]
  var nextNumber: Int64 = 1

  /// Starts with the sessions that the journal holds as live.
  ///
  /// - Parameters:
  ///   - live: the sessions that are not over, in any order.
  ///   - lastNumber: the highest number that was ever given to a session.
  public init(policy: Policy, restoring live: [Session] = [], lastNumber: Int64 = 0) {
    self.policy = policy
    nextNumber = max(lastNumber, live.map(\.number).max() ?? 0) + 1
    for session in live where !session.state.isTerminal {
      put(session)
      if session.state == .pending { queue.insert(session) }
      if let node = session.node { ledger.reserve(session.spec.resources.reserved, on: node) }
    }
  }

  /// Applies one input at one instant and says what follows.
  public mutating func apply(_ input: Input, at now: Instant) -> Decision {
    var turn = Turn(core: self, now: now)
    switch input {
    case .create(let request): turn.create(request)
    case .destroy(let id, let name): turn.destroy(id, by: name)
    case .renew(let id): turn.renew(id)
    case .status(let id, let status): turn.observe(id, status)
    case .launchAccepted(let id): turn.launchAccepted(id)
    case .launchFailed(let id, let reason, let isRetryable):
      turn.launchFailed(id, reason: reason, isRetryable: isRetryable)
    case .census(let census, let begun): turn.reconcile(census, begun: begun)
    case .nodes(let nodes): turn.core.ledger.setCapacity(nodes)
    case .engineUnavailable(let reason): turn.core.engineTrouble = reason
    case .tick: turn.enforceDeadlines()
    }
    turn.schedule()
    self = turn.core
    assertInvariants()
    return turn.decision
  }

  /// The sessions of one owner that are not over, in the order of their acceptance.
  public func sessions(of owner: UserID) -> [Session] {
    sessions.values.filter { $0.owner.id == owner }.sorted { $0.number < $1.number }
  }
}
