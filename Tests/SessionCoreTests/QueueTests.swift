import HashTreeCollections
import SessionCore
import Sessions
import Testing

struct QueueTests {
  @Test func `sessions start in the order in which they were accepted`() {
    var fixture = CoreFixture(cores: 1)
    let first = fixture.create()
    let second = fixture.create()
    let third = fixture.create()
    fixture.run(first)
    let end = SessionStatus.ended(Outcome(.exited(code: 0)), startedAt: nil, at: fixture.now)
    #expect(fixture.apply(.status(first, end)).launched == [second])
    #expect(fixture.state(third) == .pending)
  }

  @Test func `a session that does not fit does not hold up a smaller one`() {
    var fixture = CoreFixture(cores: 4)
    _ = fixture.create(cores: 3)
    let large = fixture.create(cores: 4)
    let small = fixture.create(cores: 1)
    #expect(fixture.state(large) == .pending)
    #expect(fixture.state(small) == .scheduled)
  }

  @Test func `a session that no node could ever hold is refused with what it needs`() {
    var fixture = CoreFixture(cores: 4)
    let id = SessionID("toolarge")!
    let decision = fixture.apply(
      .create(CreateRequest(id: id, owner: CoreFixture.alice, spec: CoreFixture.spec(cores: 5))))
    #expect(decision.refusal?.code == .invalidArgument)
    #expect(decision.refusal?.message.contains("5 cores") == true)
  }

  @Test func `a waiting session knows its place and what it lacks`() {
    var fixture = CoreFixture(cores: 2)
    _ = fixture.create(cores: 2)
    _ = fixture.create(cores: 1)
    let last = fixture.create(cores: 2)
    let explanation = fixture.core.sessions[last].flatMap { fixture.core.explanation(for: $0, at: fixture.now) }
    #expect(explanation?.sentence == "Waiting, 2 of 2 in the queue: needs 2 cores, 0 cores free")
  }

  @Test func `a waiting session says when it is tried again and why`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.apply(.launchFailed(id, reason: "the socket is gone", isRetryable: true))
    let explanation = fixture.core.sessions[id].flatMap { fixture.core.explanation(for: $0, at: fixture.now) }
    #expect(explanation?.sentence.contains("the socket is gone") == true)
  }

  @Test func `nothing is launched while the engine does not answer, and everything says so`() {
    var fixture = CoreFixture()
    fixture.apply(.engineUnavailable("connection refused"))
    let id = fixture.create()
    #expect(fixture.state(id) == .pending)
    let explanation = fixture.core.sessions[id].flatMap { fixture.core.explanation(for: $0, at: fixture.now) }
    #expect(explanation?.sentence.contains("connection refused") == true)
    #expect(fixture.apply(.census([:], begun: fixture.now)).launched == [id])
  }

  @Test func `a session that has been overtaken for too long comes first, and the others say so`() {
    var fixture = CoreFixture(policy: Policy(), cores: 4)
    let running = fixture.create(cores: 2)
    fixture.run(running)
    let large = fixture.create(cores: 4)
    fixture.pass(.seconds(599))
    let overtaking = fixture.create(cores: 1)
    #expect(fixture.state(overtaking) == .scheduled)
    fixture.pass(.seconds(1))
    let late = fixture.create(cores: 1)
    #expect(fixture.state(late) == .pending)
    let explanation = fixture.core.sessions[late].flatMap { fixture.core.explanation(for: $0, at: fixture.now) }
    #expect(explanation?.blockers == [.longerWaiting(large)])
    fixture.run(overtaking)
    for id in [running, overtaking] {
      fixture.apply(.status(id, .ended(Outcome(.exited(code: 0)), startedAt: nil, at: fixture.now)))
    }
    #expect(fixture.state(large) == .scheduled)
  }

  @Test func `sessions that are accepted in one turn are placed in it, in order`() {
    var fixture = CoreFixture(cores: 2)
    let requests = ["aaaaaaaa", "bbbbbbbb", "cccccccc"].compactMap { SessionID($0) }.map {
      Input.create(CreateRequest(id: $0, owner: CoreFixture.alice, spec: CoreFixture.spec()))
    }
    let decisions = fixture.core.apply(requests, at: fixture.now)
    #expect(decisions.count == 3)
    #expect(decisions.flatMap(\.launched).map(\.text) == ["aaaaaaaa", "bbbbbbbb"])
  }
}
