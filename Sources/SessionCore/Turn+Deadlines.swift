import HashTreeCollections
import Sessions

extension Turn {
  /// Does what is due: stops what has used up its time, and repeats stops that went unanswered.
  mutating func enforceDeadlines() {
    for session in core.sessions.values.sorted(by: { $0.number < $1.number }) {
      switch session.state {
      case .running: stopExpired(session)
      case .scheduled, .preparing: stopLateLaunch(session)
      case .terminating: repeatStop(session)
      case .pending, .terminated, .cancelled, .error: break
      }
    }
  }

  private mutating func stopExpired(_ session: Session) {
    guard let expiresAt = session.expiresAt, expiresAt <= now else { return }
    move(
      session, to: .terminating(.deadline),
      event("Deadline", "It has used up its lifetime of \(session.spec.lifetime.words)", .warning))
    sendStop(session)
  }

  private mutating func stopLateLaunch(_ session: Session) {
    // What is on record may be out of date until the engine has been asked, and while it does not answer.
    guard core.hasTakenCensus, core.engineTrouble == nil, session.stateSince + core.policy.launchTimeout <= now else {
      return
    }
    move(
      session, to: .terminating(.launchTimeout),
      event("LaunchTimeout", "It did not start within \(core.policy.launchTimeout.words)", .warning))
    sendStop(session)
  }

  private mutating func repeatStop(_ session: Session) {
    if let sent = core.stopsSent[session.id], sent + core.policy.stopRepeatInterval > now { return }
    sendStop(session)
  }
}
