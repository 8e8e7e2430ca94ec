import SessionCore
import Sessions
import Synchronization

/// What waits to be decided: put in by anybody at any time, taken out by the loop, many at once.
final class Inbox: Sendable {
  /// One input, and who waits for its reply.
  struct Envelope: Sendable {
    let input: Input
    let answer: Answer?
  }

  typealias Answer = @Sendable (Result<Reply, RoostError>) -> Void

  private struct State {
    var envelopes: [Envelope] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let wakeUps: AsyncStream<Void>
  private let bell: AsyncStream<Void>.Continuation

  init() {
    (wakeUps, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func put(_ input: Input) { put(Envelope(input: input, answer: nil)) }

  /// Puts a command in and waits for its reply.
  func ask(_ input: Input) async throws -> Reply {
    try await withCheckedContinuation { continuation in
      put(Envelope(input: input, answer: { continuation.resume(returning: $0) }))
    }.get()
  }

  /// Puts inputs back that nothing could be decided about, before all others.
  func putBack(_ envelopes: [Envelope]) {
    state.withLock { $0.envelopes = envelopes + $0.envelopes }
    bell.yield()
  }

  private func put(_ envelope: Envelope) {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.envelopes.append(envelope) }
      return state.isClosed
    }
    if isClosed { envelope.answer?(.failure(Self.stopping)) } else { bell.yield() }
  }

  /// Yields batches of at most `limit` envelopes, until the task is cancelled.
  func forEachBatch(limit: Int, _ body: ([Envelope]) async -> Void) async {
    for await _ in wakeUps {
      while case let batch = take(limit), !batch.isEmpty { await body(batch) }
    }
  }

  private func take(_ limit: Int) -> [Envelope] {
    state.withLock { state in
      let batch = Array(state.envelopes.prefix(limit))
      state.envelopes.removeFirst(batch.count)
      return batch
    }
  }

  /// Takes nothing more in, and tells those who still wait.
  func close() {
    let left = state.withLock { state in
      state.isClosed = true
      defer { state.envelopes = [] }
      return state.envelopes
    }
    for envelope in left { envelope.answer?(.failure(Self.stopping)) }
  }

  private static let stopping = RoostError(
    .unavailable, "The server is stopping. Try again when it is back.", retryAfter: .seconds(5))
}

extension Input {
  /// Whether nobody will say it again: the clock ticks on, and the census tells anew what observations told.
  var isSaidOnce: Bool {
    switch self {
    case .launchAccepted, .launchFailed, .nodes: true
    case .create, .destroy, .renew, .status, .census, .engineUnavailable, .tick: false
    }
  }
}
