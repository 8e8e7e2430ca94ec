import HashTreeCollections
import Sessions

extension SessionCore {
  /// What is always true, as sentences about what is not; empty when all is well.
  public var brokenInvariants: [String] {
    var broken: [String] = []
    if ledger.inUse != slotsHeld { broken.append("the ledger says \(ledger.inUse), sessions hold \(slotsHeld)") }
    for session in sessions.values {
      if session.state.isTerminal { broken.append("\(session.id) is over and still live") }
      if session.state.isLaunched != (session.node != nil) {
        broken.append("\(session.id) is \(session.state.word) and its node is \(session.node ?? "none")")
      }
      if session.state == .running, session.expiresAt == nil { broken.append("\(session.id) runs without a deadline") }
    }
    let waiting = sessions.values.filter { $0.state == .pending }.sorted { $0.number < $1.number }.map(\.id)
    if queue.ids != waiting { broken.append("the queue is \(queue.ids), \(waiting) are pending") }
    return broken
  }

  private var slotsHeld: [String: ResourceSlots] {
    sessions.values.reduce(into: [:]) { held, session in
      guard let node = session.node else { return }
      held[node] = (held[node] ?? .none) + session.spec.resources.reserved
    }
  }

  /// Checks small cores only: the check reads every session, and debug builds run real loads too.
  func assertInvariants() {
    assert(sessions.count > 64 || brokenInvariants.isEmpty, brokenInvariants.joined(separator: "; "))
  }
}
