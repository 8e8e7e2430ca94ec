import Synchronization

/// Answers that are given one after the other; the last stays.
final class Replies: Sendable {
  private let rest: Mutex<[String]>

  init(_ texts: [String]) { rest = Mutex(texts) }

  func next() -> String { rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? "" } }
}
