import HashTreeCollections
import Sessions

extension Turn {
  /// Gives free slots to the sessions that wait, in the order of their acceptance; one that does not fit is passed over.
  mutating func schedule() {
    guard core.queue.count > 0, core.engineTrouble == nil else { return }
    var hopeless = HopelessRequests()
    for id in core.queue.ids {
      guard core.ledger.hasAnythingFree else { return }
      guard let session = core.sessions[id] else { continue }
      let needed = session.spec.resources.reserved
      if let retryAt = session.retryAt, retryAt > now { continue }
      if hopeless.covers(needed) { continue }
      if let node = core.ledger.placement(for: needed) {
        place(session, on: node)
      } else {
        hopeless.add(needed)
      }
    }
  }

  private mutating func place(_ session: Session, on node: String) {
    var session = session
    reserveSlots(of: &session, on: node)
    session.retryAt = nil
    let slots = session.spec.resources.reserved
    move(session, to: .scheduled, event("Scheduled", "Placed on \(node) with \(slots.cpu) and \(slots.memory)"))
    if let placed = core.sessions[session.id] { launch(placed) }
  }

  mutating func launch(_ session: Session) {
    var session = session
    session.launchAttempts += 1
    core.launchesUnderWay.insert(session.id)
    record(session)
    decision.effects.append(.launch(session))
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
