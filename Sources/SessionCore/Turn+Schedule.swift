import HashTreeCollections
import Sessions

extension Turn {
  /// Gives free slots to the sessions that wait, in the order of their acceptance; one that does not fit is passed over,
  /// until it has been for too long.
  ///
  /// The whole queue is walked only when something has become free. Otherwise nothing that waited can start, and the
  /// sessions that are new are all there is to look at.
  mutating func schedule() {
    guard core.engineTrouble == nil, core.queue.count > 0 else { return }
    if core.nextRetry.map({ $0 <= now }) == true { core.mustWalkQueue = true }
    let candidates =
      core.mustWalkQueue ? core.queue.entries[...] : core.queue.entries.filter { created.contains($0.id) }[...]
    if core.mustWalkQueue { core.nextRetry = nil } else if core.firstInLine(at: now) != nil { return }
    core.mustWalkQueue = false
    place(candidates)
  }

  private mutating func place(_ candidates: ArraySlice<PendingQueue.Entry>) {
    var hopeless = HopelessRequests()
    for entry in candidates {
      if entry.isHeldBack(at: now) {
        core.noteRetry(entry.retryAt)
      } else if !core.ledger.hasAnythingFree || hopeless.covers(entry.needed) {
        if core.comesFirst(entry, at: now) { return }
      } else if let node = core.ledger.placement(for: entry.needed) {
        place(entry, on: node)
      } else {
        if core.comesFirst(entry, at: now) { return }
        hopeless.add(entry.needed)
      }
    }
  }

  private mutating func place(_ entry: PendingQueue.Entry, on node: String) {
    guard var session = core.sessions[entry.id] else { return }
    reserveSlots(of: &session, on: node)
    session.retryAt = nil
    move(
      session, to: .scheduled,
      event("Scheduled", "Placed on \(node) with \(entry.needed.cpu) and \(entry.needed.memory)"))
    if let placed = core.sessions[session.id] { launch(placed) }
  }

  mutating func launch(_ session: Session) {
    var session = session
    session.launchAttempts += 1
    // A launch has its time from now on, however long the manager was away since the session was placed.
    session.stateSince = now
    core.launchesUnderWay.insert(session.id)
    record(session)
    decision.effects.append(.launch(session))
  }
}

extension SessionCore {
  /// The session that nobody may overtake any more: it has waited too long, and some node could hold it.
  func firstInLine(at now: Instant) -> SessionID? {
    queue.entries.first { !$0.isHeldBack(at: now) && ledger.couldEverHold($0.needed) }
      .flatMap { comesFirst($0, at: now) ? $0.id : nil }
  }

  func comesFirst(_ entry: PendingQueue.Entry, at now: Instant) -> Bool {
    now - entry.createdAt >= policy.overtakingLimit && ledger.couldEverHold(entry.needed)
  }

  mutating func noteRetry(_ instant: Instant?) {
    guard let instant else { return }
    nextRetry = min(nextRetry ?? instant, instant)
  }
}

/// Requests that no node had room for in this pass: nothing that needs as much can fit either.
private struct HopelessRequests {
  private var smallest: [ResourceSlots] = []

  func covers(_ needed: ResourceSlots) -> Bool { smallest.contains { needed.contains($0) } }

  mutating func add(_ needed: ResourceSlots) {
    smallest.removeAll { $0.contains(needed) }
    smallest.append(needed)
  }
}
