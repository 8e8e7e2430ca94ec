import HashTreeCollections
import SessionCore
import Sessions
import Testing

struct CensusTests {
  /// A core as the manager finds it after a restart.
  private func restarted(_ fixture: CoreFixture) -> CoreFixture {
    var restarted = fixture
    restarted.core = SessionCore(policy: Policy(), restoring: Array(fixture.core.sessions.values))
    restarted.apply(.nodes(["node-1": ResourceSlots(cpu: .cores(4), memory: .gibibytes(16))]))
    restarted.pass(.seconds(10))
    return restarted
  }

  @Test func `after a restart a session that was to be launched and is not there is launched`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture = restarted(fixture)
    #expect(fixture.apply(.census([:], begun: fixture.now)).launched == [id])
  }

  @Test func `after a restart a session that runs is found running, and its slots are held`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    fixture = restarted(fixture)
    let decision = fixture.apply(.census([id: .running(since: fixture.now)], begun: fixture.now))
    #expect(decision.changes.isEmpty)
    #expect(fixture.core.ledger.totalInUse.cpu == .cores(1))
  }

  @Test func `a session that ran and is gone without a trace is lost, and says so`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    fixture.pass(.seconds(1))
    guard case .terminated(let outcome) = fixture.apply(.census([:], begun: fixture.now)).state(of: id) else {
      Issue.record("it did not end")
      return
    }
    #expect(outcome.reason == "Lost")
  }

  @Test func `a census that was begun before a launch says nothing about it`() {
    var fixture = CoreFixture()
    let begun = fixture.now
    let id = fixture.create()
    fixture.run(id)
    #expect(fixture.apply(.census([:], begun: begun)).changes.isEmpty)
  }

  @Test func `a session whose launch is under way is not missed`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.pass(.seconds(60))
    let decision = fixture.apply(.census([:], begun: fixture.now))
    #expect(decision.launched.isEmpty)
    #expect(fixture.state(id) == .scheduled)
  }

  @Test func `an engine that cannot tell changes nothing`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    fixture.pass(.seconds(60))
    #expect(fixture.apply(.census([id: .unknown], begun: fixture.now)).changes.isEmpty)
  }

  @Test func `what runs and is not known is reported, not touched`() {
    var fixture = CoreFixture()
    let stranger = SessionID("stranger")!
    let decision = fixture.apply(.census([stranger: .running(since: fixture.now)], begun: fixture.now))
    #expect(decision.effects == [.reportUnknown([stranger])])
  }

  @Test func `however long the manager was away, a launch has its whole time afterwards`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture = restarted(fixture)
    fixture.pass(.seconds(3600))
    #expect(fixture.apply(.tick).stopped.isEmpty)
    #expect(fixture.apply(.census([:], begun: fixture.now)).launched == [id])
    #expect(fixture.apply(.tick).stopped.isEmpty)
    fixture.pass(.seconds(601))
    #expect(fixture.apply(.tick).stopped == [id])
  }

  @Test func `a census from before a launch was taken on does not end what is being stopped`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.pass(.seconds(1))
    fixture.apply(.destroy(id, by: "alice"))
    fixture.pass(.seconds(1))
    let begun = fixture.now
    fixture.pass(.seconds(1))
    fixture.apply(.launchAccepted(id))
    #expect(fixture.apply(.census([:], begun: begun)).changes.isEmpty)
    #expect(fixture.state(id) == .terminating(.request(by: "alice")))
  }
}
