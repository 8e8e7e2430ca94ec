import Engine
import Sessions
import Testing

@testable import LocalEngine

@Suite("The file that tells how a session ended")
struct OutcomeFileTests {
  private static let counts = "peak_bytes 1048576\ncpu_us 2500\n"

  @Test(
    "each ending is read",
    arguments: [
      ("exit 3\noom 0", Outcome.Ending.exited(code: 3)), ("signal 15\noom 0", .signalled(15)),
      ("signal 9\noom 1", .outOfMemory), ("exit 137\noom 1", .outOfMemory), ("lost It is gone.", .lost("It is gone.")),
    ])
  func endings(_ lines: String, ending: Outcome.Ending) {
    let file = OutcomeFile("started_ms 10\nended_ms 20\n\(lines)\n\(Self.counts)")
    let outcome = Outcome(ending, peakMemory: .mebibytes(1), cpuTime: .microseconds(2500))
    let expected = EngineStatus.ended(
      ending: .finished(outcome), startedAt: Instant(milliseconds: 10), at: Instant(milliseconds: 20))
    #expect(file?.status == expected)
  }

  @Test("a session that could not be started has a reason and no start")
  func couldNotStart() {
    let file = OutcomeFile("ended_ms 20\nfailed It is not there.\noom 0\n")
    let expected = EngineStatus.ended(
      ending: .couldNotStart("It is not there."), startedAt: nil, at: Instant(milliseconds: 20))
    #expect(file?.status == expected)
  }

  @Test(
    "a file that does not tell an ending is none", arguments: ["", "exit 0\n", "ended_ms 20\n", "ended_ms x\nexit 0\n"])
  func incomplete(_ text: String) {
    #expect(OutcomeFile(text) == nil)
  }
}
