import HashTreeCollections
import Sessions

/// The application of some inputs: the core as it becomes, and the decision as it grows.
struct Turn {
  var core: SessionCore
  let now: Instant
  var decision = Decision()
  /// The sessions that were accepted in this turn.
  var created: Set<SessionID> = []

  mutating func take(_ input: Input) {
    switch input {
    case .create(let request): create(request)
    case .destroy(let id, let name): destroy(id, by: name)
    case .renew(let id): renew(id)
    case .status(let id, let status): observe(id, status)
    case .launchAccepted(let id, let limitations): launchAccepted(id, limitations)
    case .launchFailed(let id, let reason, let isRetryable): launchFailed(id, reason: reason, isRetryable: isRetryable)
    case .census(let census, let begun): reconcile(census, begun: begun)
    case .nodes(let nodes): setCapacity(nodes)
    case .engineUnavailable(let reason): core.engineTrouble = reason
    case .tick: enforceDeadlines()
    }
  }

  private mutating func setCapacity(_ nodes: [String: ResourceSlots]) {
    guard nodes != core.ledger.capacity else { return }
    core.ledger.setCapacity(nodes)
    core.mustWalkQueue = true
  }

  /// Records `session` as it now is, with what happened to it.
  mutating func record(_ session: Session, _ events: TimelineEvent...) {
    core.put(session)
    decision.changes.append(.session(session))
    decision.changes += events.map { .event(session.id, $0) }
  }

  /// Moves `session` to `state`, with what happened to it; keeps queue, ledger and effects in step.
  mutating func move(_ session: Session, to state: SessionState, _ events: TimelineEvent...) {
    var session = session
    if session.state == .pending {
      core.queue.remove(session)
      // It may have been the one that nobody could overtake.
      if state != .scheduled { core.mustWalkQueue = true }
    }
    session.state = state
    session.stateSince = now
    if state == .pending || state.isTerminal { releaseSlots(of: &session) }
    if state == .pending {
      core.queue.insert(session)
      core.noteRetry(session.retryAt)
    }
    if state.isTerminal {
      session.endedAt = session.endedAt ?? now
      core.stopsSent[session.id] = nil
      core.launchesUnderWay.remove(session.id)
      core.launchesAccepted[session.id] = nil
    }
    core.put(session)
    decision.changes.append(.session(session))
    decision.changes += events.map { .event(session.id, $0) }
  }

  mutating func reserveSlots(of session: inout Session, on node: String) {
    core.ledger.reserve(session.spec.resources.reserved, on: node)
    session.node = node
  }

  private mutating func releaseSlots(of session: inout Session) {
    guard let node = session.node else { return }
    core.ledger.release(session.spec.resources.reserved, on: node)
    core.mustWalkQueue = true
    session.node = nil
  }

  mutating func sendStop(_ session: Session) {
    core.stopsSent[session.id] = now
    decision.effects.append(.stop(session.id, grace: core.policy.stopGrace))
  }

  func event(_ reason: String, _ message: String, _ severity: TimelineEvent.Severity = .normal) -> TimelineEvent {
    TimelineEvent(time: now, severity: severity, reason: reason, message: message)
  }
}
