import Dispatch
import Synchronization

/// Runs system calls that may block, a few at a time, away from the threads of Swift's concurrency.
final class BlockingPool: Sendable {
  private typealias Job = @Sendable () -> Void

  private struct State {
    var workers = 0
    var waiting: [Job] = []
  }

  private let limit: Int
  private let queue = DispatchQueue(label: "roost.local-engine", attributes: .concurrent)
  private let state = Mutex(State())

  init(limit: Int = 6) { self.limit = limit }

  func run<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
      submit { continuation.resume(returning: Result(catching: body)) }
    }
    return try result.get()
  }

  private func submit(_ job: @escaping Job) {
    let startsWorker = state.withLock { state in
      guard state.workers == limit else {
        state.workers += 1
        return true
      }
      state.waiting.append(job)
      return false
    }
    if startsWorker { queue.async { self.work(job) } }
  }

  private func work(_ first: @escaping Job) {
    var next: Job? = first
    while let job = next {
      job()
      next = state.withLock { state in
        guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
        state.workers -= 1
        return nil
      }
    }
  }
}
