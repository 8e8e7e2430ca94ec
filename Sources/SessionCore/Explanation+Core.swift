import HashTreeCollections
public import Sessions

extension SessionCore {
  /// Why `session` has not started; `nil` unless it is pending.
  public func explanation(for session: Session, at now: Instant) -> Explanation? {
    guard session.state == .pending else { return nil }
    var blockers: [Explanation.Blocker] = []
    if let engineTrouble { blockers.append(.engineUnavailable(engineTrouble)) }
    if let retryAt = session.retryAt, retryAt > now {
      blockers.append(.retry(at: retryAt, after: session.lastLaunchFailure ?? "no reason given"))
    }
    let needed = session.spec.resources.reserved
    if ledger.placement(for: needed) == nil {
      blockers.append(.capacity(needed: needed, largestFree: ledger.largestFree))
    }
    if blockers.isEmpty, let first = firstInLine(at: now), first != session.id {
      blockers.append(.longerWaiting(first))
    }
    return Explanation(blockers: blockers, position: queue.position(of: session), queueLength: queue.count)
  }
}
