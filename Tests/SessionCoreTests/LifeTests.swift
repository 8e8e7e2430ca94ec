import SessionCore
import Sessions
import Testing

struct LifeTests {
  @Test func `a session that fits is placed and launched at once`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    #expect(fixture.state(id) == .scheduled)
    #expect(fixture.core.ledger.free(on: "node-1").cpu == .cores(3))
  }

  @Test func `a session runs until its program ends, and then holds nothing`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    #expect(fixture.state(id) == .running)
    fixture.pass(.seconds(5))
    let decision = fixture.apply(.status(id, .ended(Outcome(.exited(code: 3)), startedAt: nil, at: fixture.now)))
    #expect(decision.state(of: id) == .terminated(Outcome(.exited(code: 3))))
    #expect(fixture.core.sessions.isEmpty)
    #expect(fixture.core.ledger.totalInUse == .none)
  }

  @Test func `an end that is seen twice is written down once`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    let end = Input.status(id, .ended(Outcome(.exited(code: 0)), startedAt: nil, at: fixture.now))
    #expect(!fixture.apply(end).changes.isEmpty)
    #expect(fixture.apply(end).changes.isEmpty)
  }

  @Test func `an end that is seen before the start still has its start`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    let start = fixture.now
    fixture.pass(.seconds(1))
    let decision = fixture.apply(.status(id, .ended(Outcome(.exited(code: 0)), startedAt: start, at: fixture.now)))
    guard case .session(let session) = decision.changes.first else {
      Issue.record("nothing was written down")
      return
    }
    #expect(session.startedAt == start)
    #expect(session.endedAt == fixture.now)
  }

  @Test func `stopping a running session sends one stop, and its end says who stopped it`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    #expect(fixture.apply(.destroy(id, by: "alice")).stopped == [id])
    #expect(fixture.apply(.destroy(id, by: "alice")).stopped.isEmpty)
    let decision = fixture.apply(.status(id, .ended(Outcome(.signalled(15)), startedAt: nil, at: fixture.now)))
    #expect(decision.state(of: id) == .terminated(Outcome(.stopped(.request(by: "alice")))))
  }

  @Test func `a program that had ended before it was asked to stop keeps its own ending`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    let end = fixture.now
    fixture.pass(.seconds(1))
    fixture.apply(.destroy(id, by: "alice"))
    let decision = fixture.apply(.status(id, .ended(Outcome(.exited(code: 0)), startedAt: nil, at: end)))
    #expect(decision.state(of: id) == .terminated(Outcome(.exited(code: 0))))
  }

  @Test func `a session that waits is cancelled without troubling the engine`() {
    var fixture = CoreFixture(cores: 1)
    _ = fixture.create()
    let waiting = fixture.create()
    let decision = fixture.apply(.destroy(waiting, by: "alice"))
    #expect(decision.state(of: waiting) == .cancelled(.request(by: "alice")))
    #expect(decision.stopped.isEmpty)
  }

  @Test func `destroying an ended session puts it away`() {
    var fixture = CoreFixture()
    let id = SessionID("gone0000")!
    #expect(fixture.apply(.destroy(id, by: "alice")).changes == [.dismissed(id)])
  }

  @Test func `an id that is taken is not given twice`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    let decision = fixture.apply(
      .create(CreateRequest(id: id, owner: CoreFixture.bob, spec: CoreFixture.spec())))
    guard case .idTaken = decision.reply else {
      Issue.record("the reply is \(String(describing: decision.reply))")
      return
    }
  }
}
