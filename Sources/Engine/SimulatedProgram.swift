import Sessions
import Synchronization

/// What a session of the simulated engine does.
enum SimulatedProgram: Hashable {
  /// `exit N`: ends at once with that code.
  case exit(code: Int)
  /// `print LINE …`: logs the lines and ends with code 0.
  case print([String])
  /// `missing NAME`: cannot be started.
  case missing(String)
  /// `wait LINE …`, or anything else without its words: logs the lines and runs until it is stopped.
  case wait([String])

  init(_ command: [String]) {
    let words = Array(command.dropFirst())
    switch command.first {
    case "exit": self = .exit(code: words.first.flatMap { Int($0) } ?? 0)
    case "print": self = .print(words)
    case "missing": self = .missing(words.first ?? "")
    case "wait": self = .wait(words)
    default: self = .wait([])
    }
  }
}

/// A line that a simulated session has printed.
struct SimulatedLine: Hashable {
  var time: Instant
  var text: String
}

/// Reads a growing log as it was asked for, a line at a time.
final class SimulatedLogReader: Sendable {
  private let request: LogRequest
  private let position = Mutex<Int?>(nil)

  init(_ request: LogRequest) { self.request = request }

  /// The next line that is wanted, of all those there are by now; `nil` if there is none yet.
  func next(of lines: [SimulatedLine]) -> [UInt8]? {
    position.withLock { position in
      var index = position ?? request.tail.map { max(0, lines.count - $0) } ?? 0
      while index < lines.count, lines[index].time < request.since ?? lines[index].time { index += 1 }
      position = min(index + 1, lines.count)
      return index < lines.count ? bytes(of: lines[index]) : nil
    }
  }

  private func bytes(of line: SimulatedLine) -> [UInt8] {
    let stamp = request.timestamps ? line.time.descriptionWithMilliseconds + " " : ""
    return Array((stamp + line.text + "\n").utf8)
  }
}

extension EngineStatus {
  /// Whether nothing more can come of the session.
  public var isOver: Bool {
    if case .ended = self { true } else { false }
  }
}
