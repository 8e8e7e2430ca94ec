import HashTreeCollections
import Sessions

extension Turn {
  mutating func create(_ request: CreateRequest) {
    guard core.sessions[request.id] == nil else {
      decision.reply = .idTaken
      return
    }
    if let refusal = refusal(of: request) {
      decision.reply = .refused(refusal)
      return
    }
    let session = Session(
      id: request.id, owner: request.owner, spec: request.spec, createdAt: now, number: core.nextNumber)
    core.nextNumber += 1
    created.insert(session.id)
    core.queue.insert(session)
    record(session, event("Accepted", "Accepted from \(request.owner.name)"))
    decision.reply = .created(session)
  }

  private func refusal(of request: CreateRequest) -> RoostError? {
    let needed = request.spec.resources.reserved
    guard core.ledger.capacity.isEmpty || core.ledger.couldEverHold(needed) else {
      return RoostError(
        .invalidArgument,
        "No node is large enough: the session needs \(needed.cpu), \(needed.memory) of memory and \(needed.gpus) GPUs")
    }
    return quotaRefusal(of: request)
  }

  private func quotaRefusal(of request: CreateRequest) -> RoostError? {
    let own = core.liveCounts[request.owner.id] ?? LiveCount()
    if own.total >= core.policy.liveSessions {
      return RoostError(
        .quotaExceeded,
        "User \(request.owner.name) has reached the maximum of \(core.policy.liveSessions) sessions that are not over.")
    }
    if own.bytes + request.spec.textSize > core.policy.liveSpecBytes {
      return RoostError(
        .quotaExceeded,
        "User \(request.owner.name) has reached the maximum of \(core.policy.liveSpecBytes) bytes of commands and environments in sessions that are not over."
      )
    }
    guard request.spec.kind.isInteractive, own.interactive >= core.policy.interactiveSessions else { return nil }
    return RoostError(
      .quotaExceeded,
      "User \(request.owner.name) has reached the maximum of \(core.policy.interactiveSessions) active sessions.")
  }

  /// Stops a session if it is not over, and puts it away in any case.
  mutating func destroy(_ id: SessionID, by name: String) {
    decision.reply = .destroyed
    guard var session = core.sessions[id] else {
      decision.changes.append(.dismissed(id))
      return
    }
    session.isDismissed = true
    let stopping = event("Stopping", "Asked to stop by \(name)")
    switch session.state {
    case .pending:
      move(session, to: .cancelled(.request(by: name)), event("Cancelled", "Cancelled by \(name) before it ran"))
      // An earlier launch may have succeeded although its answer was that it failed.
      if session.launchAttempts > 0 { stopRemains(of: session) }
    case .scheduled, .preparing, .running:
      move(session, to: .terminating(.request(by: name)), stopping)
      sendStop(session)
    case .terminating, .terminated, .cancelled, .error:
      record(session)
    }
  }

  mutating func renew(_ id: SessionID) {
    guard var session = core.sessions[id], session.state == .running, let expiresAt = session.expiresAt else {
      decision.reply = .refused(RoostError(.invalidArgument, "Session \(id) does not run, so it cannot be renewed"))
      return
    }
    let renewed = max(expiresAt, now + session.spec.lifetime)
    decision.reply = .renewed(until: renewed)
    guard renewed > expiresAt else { return }
    session.expiresAt = renewed
    record(session, event("Renewed", "May run until \(renewed)"))
  }
}
