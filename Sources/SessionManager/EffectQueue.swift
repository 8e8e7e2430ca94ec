import SessionCore
import Sessions
import Synchronization

/// Keeps the effects on one session in order: a stop is not carried out before the launch that it follows.
final class EffectQueue: Sendable {
  private let waiting = Mutex<[SessionID: [Effect]]>([:])

  /// Adds an effect. `true` if nobody works on that session, so that the caller has to see to it.
  func add(_ effect: Effect, on id: SessionID) -> Bool {
    waiting.withLock { waiting in
      let isFirst = waiting[id] == nil
      waiting[id, default: []].append(effect)
      return isFirst
    }
  }

  /// The next effect on a session; `nil` when there is none, and then somebody else may begin.
  func next(on id: SessionID) -> Effect? {
    waiting.withLock { waiting in
      guard waiting[id]?.isEmpty == false else {
        waiting[id] = nil
        return nil
      }
      return waiting[id]?.removeFirst()
    }
  }
}

extension Effect {
  /// The session that the effect is on.
  var session: SessionID? {
    switch self {
    case .launch(let session): session.id
    case .stop(let id, _): id
    case .reportUnknown: nil
    }
  }
}
