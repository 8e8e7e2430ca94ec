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
  /// Whether something has become free since the whole queue was last looked at.
  var mustWalkQueue = true
  /// When the first of the sessions that are held back may be tried again.
  var nextRetry: Instant?
  /// Whether the engine has been asked since the core was made: before that, what is on record may be out of date.
  var hasTakenCensus = false
  /// When the engine took a launch on; a census that was begun before says nothing about it.
  var launchesAccepted: [SessionID: Instant] = [:]
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
  public mutating func apply(_ input: Input, at now: Instant) -> Decision { apply([input], at: now)[0] }

  /// Applies inputs in order at one instant and says what follows from each. Free slots are given out once, after all of
  /// them; what follows from that is told with the last.
  public mutating func apply(_ inputs: [Input], at now: Instant) -> [Decision] {
    var turn = Turn(core: self, now: now)
    var decisions: [Decision] = []
    for input in inputs {
      turn.take(input)
      if decisions.count == inputs.count - 1 { turn.schedule() }
      decisions.append(turn.decision)
      turn.decision = Decision()
    }
    self = turn.core
    assertInvariants()
    return decisions
  }

  /// The sessions of one owner that are not over, in the order of their acceptance.
  public func sessions(of owner: UserID) -> [Session] {
    sessions.values.filter { $0.owner.id == owner }.sorted { $0.number < $1.number }
  }
}
