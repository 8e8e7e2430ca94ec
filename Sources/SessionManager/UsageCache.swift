import Engine
import Sessions
import Synchronization

/// What sessions use, asked of the engine at most once a second however many requests come.
final class UsageCache: Sendable {
  private struct State {
    var usage: [SessionID: Usage] = [:]
    var takenAt: Instant?
  }

  private let state = Mutex(State())

  func usage(of engine: any Engine, at now: Instant) async -> [SessionID: Usage] {
    let (usage, isFresh) = state.withLock { state in
      let isFresh = state.takenAt.map { now - $0 < .seconds(1) } ?? false
      if !isFresh { state.takenAt = now }
      return (state.usage, isFresh)
    }
    guard !isFresh else { return usage }
    let measured = (try? await engine.usage()) ?? [:]
    state.withLock { $0.usage = measured }
    return measured
  }
}
