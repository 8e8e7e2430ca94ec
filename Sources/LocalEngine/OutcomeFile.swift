import Engine
import Sessions

/// What a supervisor wrote about the end of its session: lines of a key and a value.
struct OutcomeFile {
  private var values: [Substring: Substring] = [:]

  /// `nil` if the text does not say how the session ended.
  init?(_ text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    guard number("ended_ms") != nil, ending != nil else { return nil }
  }

  var status: EngineStatus? {
    guard let ended = number("ended_ms"), let ending else { return nil }
    return .ended(
      ending: ending, startedAt: number("started_ms").map(Instant.init(milliseconds:)),
      at: Instant(milliseconds: ended))
  }

  private var ending: EngineEnding? {
    if let sentence = values["failed"] { return .couldNotStart(String(sentence)) }
    if let sentence = values["lost"] { return .finished(outcome(.lost(String(sentence)))) }
    if number("oom") == 1 { return .finished(outcome(.outOfMemory)) }
    if let code = number("exit") { return .finished(outcome(.exited(code: Int(code)))) }
    if let signal = number("signal") { return .finished(outcome(.signalled(Int(signal)))) }
    return nil
  }

  private func outcome(_ ending: Outcome.Ending) -> Outcome {
    Outcome(
      ending, peakMemory: number("peak_bytes").map(ByteCount.init(bytes:)),
      cpuTime: number("cpu_us").map { .microseconds($0) })
  }

  private func number(_ key: Substring) -> Int64? { values[key].flatMap { Int64($0) } }
}
