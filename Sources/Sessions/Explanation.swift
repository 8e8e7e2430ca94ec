/// Why a session has not started: everything that it waits for, not only the first thing.
public struct Explanation: Hashable, Sendable, Codable {
  public var blockers: [Blocker]
  /// Its place in the queue, counted from 1.
  public var position: Int
  /// How many sessions are in the queue.
  public var queueLength: Int

  public init(blockers: [Blocker], position: Int, queueLength: Int) {
    self.blockers = blockers
    self.position = position
    self.queueLength = queueLength
  }

  /// One thing that keeps a session from starting.
  public enum Blocker: Hashable, Sendable, Codable {
    /// No node has this much free at once.
    case capacity(needed: ResourceSlots, largestFree: ResourceSlots)
    /// It would fit, but this session has waited so long that nobody may overtake it any more.
    case longerWaiting(SessionID)
    /// An earlier launch failed; it is tried again then.
    case retry(at: Instant, after: String)
    /// The engine does not answer.
    case engineUnavailable(String)
  }

  /// The explanation in one line.
  public var sentence: String {
    let reasons = blockers.map(\.sentence).joined(separator: "; ")
    return "Waiting, \(position) of \(queueLength) in the queue\(reasons.isEmpty ? "" : ": " + reasons)"
  }
}

extension Explanation.Blocker {
  /// The blocker in words.
  public var sentence: String {
    switch self {
    case .capacity(let needed, let free): Self.capacitySentence(needed: needed, free: free)
    case .longerWaiting(let id): "session \(id) has waited longest and comes first"
    case .retry(let instant, let reason): "the last launch failed (\(reason)); tried again at \(instant)"
    case .engineUnavailable(let reason): "the engine does not answer (\(reason))"
    }
  }

  private static func capacitySentence(needed: ResourceSlots, free: ResourceSlots) -> String {
    var shortages: [String] = []
    if needed.cpu > free.cpu { shortages.append("needs \(needed.cpu), \(free.cpu) free") }
    if needed.memory > free.memory { shortages.append("needs \(needed.memory) of memory, \(free.memory) free") }
    if needed.gpus > free.gpus { shortages.append("needs \(needed.gpus) GPUs, \(free.gpus) free") }
    return shortages.isEmpty ? "earlier sessions come first" : shortages.joined(separator: ", ")
  }
}
