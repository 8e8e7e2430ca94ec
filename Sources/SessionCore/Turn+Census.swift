import HashTreeCollections
import Sessions

extension Turn {
  /// Takes in everything that the engine holds, and what it no longer holds.
  mutating func reconcile(_ census: [SessionID: SessionStatus], begun: Instant) {
    if core.engineTrouble != nil { core.mustWalkQueue = true }
    core.engineTrouble = nil
    core.hasTakenCensus = true
    for (id, status) in census.sorted(by: { $0.key < $1.key }) { observe(id, status) }
    let missing = core.sessions.values.filter { session in
      session.state.isLaunched && census[session.id] == nil && session.stateSince < begun
        && core.launchesAccepted[session.id].map { $0 < begun } ?? true
    }
    for session in missing.sorted(by: { $0.number < $1.number }) { reconcileMissing(session) }
    reportUnknown(in: census)
  }

  /// The engine does not hold a session that it was told to launch.
  ///
  /// While the launch is under way this means nothing. A `scheduled` one is launched (again): the manager may have ended
  /// between writing the decision down and acting on it.
  private mutating func reconcileMissing(_ session: Session) {
    guard !core.launchesUnderWay.contains(session.id) else { return }
    switch session.state {
    case .scheduled:
      launch(session)
    case .terminating(let reason) where session.startedAt == nil:
      observe(session.id, .ended(Outcome(.stopped(reason)), startedAt: nil, at: now))
    case .preparing, .running, .terminating:
      let sentence = "The engine no longer knows it; what became of it cannot be told"
      observe(session.id, .ended(Outcome(.lost(sentence)), startedAt: nil, at: now))
    case .pending, .terminated, .cancelled, .error:
      break
    }
  }

  private mutating func reportUnknown(in census: [SessionID: SessionStatus]) {
    let unknown = census.filter { $0.value.isAlive && core.sessions[$0.key] == nil }.keys.sorted()
    if !unknown.isEmpty { decision.effects.append(.reportUnknown(unknown)) }
  }
}

extension SessionStatus {
  fileprivate var isAlive: Bool {
    switch self {
    case .preparing, .running: true
    case .ended, .couldNotStart, .unknown: false
    }
  }
}
