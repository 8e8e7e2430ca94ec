import HashTreeCollections
import Sessions

/// One application of an input: the core as it becomes, and the decision as it grows.
struct Turn {
  var core: SessionCore
  let now: Instant
  var decision = Decision()

  /// Records `session` as it now is, with what happened to it.
  mutating func record(_ session: Session, _ events: TimelineEvent...) {
    core.put(session)
    decision.changes.append(.session(session))
    decision.changes += events.map { .event(session.id, $0) }
  }

  /// Moves `session` to `state`, with what happened to it; keeps queue, ledger and effects in step.
  mutating func move(_ session: Session, to state: SessionState, _ events: TimelineEvent...) {
    var session = session
    if session.state == .pending { core.queue.remove(session) }
    session.state = state
    session.stateSince = now
    if state == .pending || state.isTerminal { releaseSlots(of: &session) }
    if state == .pending { core.queue.insert(session) }
    if state.isTerminal {
      session.endedAt = session.endedAt ?? now
      core.stopsSent[session.id] = nil
      core.launchesUnderWay.remove(session.id)
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
