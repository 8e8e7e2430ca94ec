// How things are said to people.

extension Duration {
  /// The duration in its largest whole unit: "4 days", "90 s".
  public var words: String {
    let seconds = components.seconds
    let units: [(Int64, String)] = [(86_400, "day"), (3600, "hour"), (60, "minute")]
    for (size, name) in units where seconds >= size && seconds % size == 0 {
      let count = seconds / size
      return count == 1 ? "1 \(name)" : "\(count) \(name)s"
    }
    return "\(seconds) s"
  }
}

extension LaunchPhase: Comparable {
  /// The phase in one word, as events show it.
  public var reason: String {
    switch self {
    case .pulling: "Pulling"
    case .creating: "Creating"
    case .starting: "Starting"
    }
  }

  /// The phase in a sentence.
  public var sentence: String {
    switch self {
    case .pulling: "The image is being fetched"
    case .creating: "Limits, file systems and namespaces are being set up"
    case .starting: "The program is being started"
    }
  }

  /// A later phase is greater.
  public static func < (left: LaunchPhase, right: LaunchPhase) -> Bool { left.order < right.order }

  private var order: Int {
    switch self {
    case .pulling: 0
    case .creating: 1
    case .starting: 2
    }
  }
}

extension SessionState {
  /// What the engine is doing; `nil` unless the session is being prepared.
  public var phase: LaunchPhase? {
    guard case .preparing(let phase) = self else { return nil }
    return phase
  }
}

extension StopReason {
  /// Who or what stopped it: "by alice".
  public var words: String {
    switch self {
    case .request(let name): "by \(name)"
    case .deadline: "at its deadline"
    case .launchTimeout: "because it did not start in time"
    }
  }
}

extension Outcome {
  /// The outcome in one word, as events show it.
  public var reason: String {
    switch ending {
    case .exited(code: 0): "Completed"
    case .exited: "Failed"
    case .signalled: "Killed"
    case .outOfMemory: "OutOfMemory"
    case .stopped: "Stopped"
    case .lost: "Lost"
    }
  }

  /// Whether a person should look.
  public var isWorrying: Bool {
    switch ending {
    case .exited(code: 0), .stopped(.request): false
    case .exited, .signalled, .outOfMemory, .stopped, .lost: true
    }
  }

  /// The outcome in a sentence.
  public var sentence: String {
    let peak = peakMemory.map { ", at most \($0) of memory used" } ?? ""
    return switch ending {
    case .exited(let code): "Ended with exit code \(code)\(peak)"
    case .signalled(let signal): "Killed by signal \(signal)\(peak)"
    case .outOfMemory: "Killed by the kernel for using more memory than its limit\(peak)"
    case .stopped(let reason): "Stopped \(reason.words)\(peak)"
    case .lost(let sentence): sentence
    }
  }
}
