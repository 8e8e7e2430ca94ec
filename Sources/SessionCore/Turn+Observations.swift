import HashTreeCollections
import Sessions

extension Turn {
  /// Takes in what the engine sees of one session. Levels, so repeated and late ones change nothing.
  mutating func observe(_ id: SessionID, _ status: SessionStatus) {
    guard let session = core.sessions[id] else { return }
    switch status {
    case .preparing(let phase): prepare(session, phase)
    case .running(let since): run(session, since: since)
    case .ended(let outcome, let startedAt, let end): finish(session, outcome, startedAt: startedAt, at: end)
    case .couldNotStart(let reason, let end): fail(session, reason, at: end)
    case .unknown: break
    }
  }

  mutating func launchAccepted(_ id: SessionID, _ limitations: [String]) {
    guard core.launchesUnderWay.remove(id) != nil, let session = core.sessions[id] else { return }
    core.launchesAccepted[id] = now
    decision.changes += limitations.map { .event(id, event("Limitation", $0, .warning)) }
    if session.state == .scheduled { prepare(session, .creating) }
  }

  mutating func launchFailed(_ id: SessionID, reason: String, isRetryable: Bool) {
    core.launchesUnderWay.remove(id)
    guard var session = core.sessions[id], session.startedAt == nil, session.state.isLaunched else { return }
    if case .terminating(let stop) = session.state {
      cancel(session, stop)
    } else if isRetryable, session.launchAttempts < core.policy.launchAttempts {
      session.retryAt = now + core.policy.retryDelay(after: session.launchAttempts)
      session.lastLaunchFailure = reason
      move(session, to: .pending, event("LaunchFailed", "\(reason); it will be tried again", .warning))
    } else {
      move(session, to: .error(reason), event("Failed", reason, .warning))
      // The engine may have started it before it failed to say so.
      stopRemains(of: session)
    }
  }

  /// Has the engine stop what it may hold of a session that is over for the core.
  mutating func stopRemains(of session: Session) {
    decision.effects.append(.stop(session.id, grace: core.policy.stopGrace))
  }

  private mutating func prepare(_ session: Session, _ phase: LaunchPhase) {
    guard session.state == .scheduled || session.state.phase.map({ $0 < phase }) == true else { return }
    move(session, to: .preparing(phase), event(phase.reason, phase.sentence))
  }

  private mutating func run(_ session: Session, since: Instant) {
    guard session.startedAt == nil else { return }
    var session = session
    session.startedAt = since
    session.expiresAt = since + session.spec.lifetime
    var started = event("Started", "The program runs")
    started.time = since
    if case .terminating = session.state {
      record(session, started)
      return
    }
    // A launch whose failure was reported by mistake: it runs, so it holds slots.
    if session.node == nil { reserveSlots(of: &session, on: core.ledger.capacity.keys.min() ?? "") }
    move(session, to: .running, started)
  }

  private mutating func finish(_ session: Session, _ outcome: Outcome, startedAt: Instant?, at end: Instant) {
    var session = session
    session.startedAt = session.startedAt ?? startedAt
    session.endedAt = end
    if case .terminating(let reason) = session.state, end >= session.stateSince {
      finishStopped(session, outcome, reason)
    } else {
      move(session, to: .terminated(outcome), ending(outcome, at: end))
    }
  }

  private mutating func finishStopped(_ session: Session, _ outcome: Outcome, _ reason: StopReason) {
    guard session.startedAt != nil else {
      cancel(session, reason)
      return
    }
    var stopped = outcome
    stopped.ending = .stopped(reason)
    move(session, to: .terminated(stopped), ending(stopped, at: session.endedAt ?? now))
  }

  private mutating func cancel(_ session: Session, _ reason: StopReason) {
    if reason == .launchTimeout {
      let sentence = "It did not start within \(core.policy.launchTimeout.words)"
      move(session, to: .error(sentence), event("Failed", sentence, .warning))
    } else {
      move(session, to: .cancelled(reason), event("Cancelled", "Stopped before it ran"))
    }
  }

  private mutating func fail(_ session: Session, _ reason: String, at end: Instant) {
    var session = session
    session.endedAt = end
    if case .terminating(let stop) = session.state {
      cancel(session, stop)
    } else {
      move(session, to: .error(reason), event("Failed", reason, .warning))
    }
  }

  private func ending(_ outcome: Outcome, at end: Instant) -> TimelineEvent {
    TimelineEvent(
      time: end, severity: outcome.isWorrying ? .warning : .normal, reason: outcome.reason, message: outcome.sentence)
  }
}
