import HashTreeCollections
import SessionCore
import Sessions
import Testing

/// Random commands and observations, in any order, against the invariants.
struct RandomLifeTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `the invariants hold after every step of a random life`(seed: UInt64) throws {
    var generator = SplitMix64(state: seed)
    var fixture = CoreFixture(cores: 4)
    var ids: [SessionID] = []
    var ended: [SessionID: SessionState] = [:]
    for step in 1...300 {
      let decision = randomStep(&fixture, &ids, &generator)
      // Compared outside the expectation, which would otherwise describe the whole core.
      let broken = fixture.core.brokenInvariants
      try #require(broken == [], "seed \(seed), step \(step)")
      let idle = fixture.core.waitingForNothing(at: fixture.now)
      try #require(idle == nil, "seed \(seed), step \(step)")
      for case .session(let session) in decision.changes {
        #expect(ended[session.id] == nil, "seed \(seed), step \(step): \(session.id) changed after its end")
        if session.state.isTerminal { ended[session.id] = session.state }
      }
    }
  }

  private func randomStep(
    _ fixture: inout CoreFixture, _ ids: inout [SessionID], _ generator: inout SplitMix64
  ) -> Decision {
    fixture.pass(.milliseconds(Int.random(in: 0...20_000, using: &generator)))
    guard let id = ids.randomElement(using: &generator), Int.random(in: 0..<4, using: &generator) > 0 else {
      ids.append(fixture.create(cores: Int64.random(in: 1...4, using: &generator), lifetime: .seconds(100)))
      return Decision()
    }
    let now = fixture.now
    let inputs: [Input] = [
      .destroy(id, by: "alice"), .renew(id), .launchAccepted(id),
      .launchFailed(id, reason: "x", isRetryable: Bool.random(using: &generator)),
      .status(id, .preparing(.starting)), .status(id, .running(since: now)), .status(id, .unknown),
      .status(id, .ended(Outcome(.exited(code: 1)), startedAt: nil, at: now)),
      .status(id, .couldNotStart("x", at: now)), .tick, .engineUnavailable("x"),
      .census([:], begun: now), .census([id: .running(since: now)], begun: now),
    ]
    return fixture.apply(inputs[Int.random(in: inputs.indices, using: &generator)])
  }
}

extension SessionCore {
  /// A session that waits although nothing keeps it from starting.
  fileprivate func waitingForNothing(at now: Instant) -> SessionID? {
    sessions.values.first { explanation(for: $0, at: now)?.blockers == [] }?.id
  }
}

/// A small generator whose runs a seed determines.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
