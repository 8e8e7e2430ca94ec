import SkahaClient

/// Waits for a session and, on a terminal, tells what it is at.
struct Progress {
  let client: SkahaClient
  let output: Output

  /// Asks again and again, ever more slowly, until `isThere`; a line of progress for each change.
  func wait(
    for id: String, until isThere: (SkahaSession.Status) -> Bool
  ) async throws -> SkahaSession {
    let begin = ContinuousClock.now
    var pause = Pause()
    var said = ""
    while true {
      let session = try await client.info([id]).get()[0]
      let words = Self.words(for: session)
      if words != said, output.showsProgress {
        output.message("\(id)  +\(milliseconds(since: begin)) ms  \(words)")
        said = words
      }
      if isThere(session.status) || session.status.isFinal { return session }
      try await pause.sleep()
    }
  }

  /// Status, phase and reason, as far as they are known.
  static func words(for session: SkahaSession) -> String {
    let phase = session.phase.flatMap { $0 == session.status.word ? nil : $0 }
    return printable([session.status.word, phase, session.reason].compactMap(\.self).joined(separator: "  "))
  }
}

/// Pauses that grow from a twentieth of a second to two seconds.
struct Pause {
  private(set) var next: Duration = .milliseconds(50)

  mutating func sleep() async throws {
    try await Task.sleep(for: next)
    next = min(next * 1.5, .seconds(2))
  }
}

func milliseconds(since begin: ContinuousClock.Instant) -> Int64 {
  let (seconds, attoseconds) = (ContinuousClock.now - begin).components
  return seconds * 1000 + attoseconds / 1_000_000_000_000_000
}
