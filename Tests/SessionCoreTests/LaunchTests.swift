import SessionCore
import Sessions
import Testing

struct LaunchTests {
  @Test func `a launch that fails for a passing reason is tried again, later each time`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.apply(.launchFailed(id, reason: "busy", isRetryable: true))
    #expect(fixture.state(id) == .pending)
    #expect(fixture.core.ledger.totalInUse == .none)
    #expect(fixture.apply(.tick).launched.isEmpty)
    fixture.pass(.seconds(1))
    #expect(fixture.apply(.tick).launched == [id])
  }

  @Test func `a session whose launches all fail ends with the last reason`() {
    var fixture = CoreFixture(policy: Policy(launchAttempts: 3))
    let id = fixture.create()
    var last: SessionState?
    for _ in 1...3 {
      last = fixture.apply(.launchFailed(id, reason: "busy", isRetryable: true)).state(of: id)
      fixture.pass(.seconds(600))
      fixture.apply(.tick)
    }
    #expect(last == .error("busy"))
  }

  @Test func `a launch that fails for good ends the session at once`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    let decision = fixture.apply(.launchFailed(id, reason: "no such image", isRetryable: false))
    #expect(decision.state(of: id) == .error("no such image"))
  }

  @Test func `a launch whose answer was lost is taken for what it is when the session is seen running`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.apply(.launchFailed(id, reason: "timeout", isRetryable: true))
    fixture.apply(.status(id, .running(since: fixture.now)))
    #expect(fixture.state(id) == .running)
    #expect(fixture.core.ledger.totalInUse.cpu == .cores(1))
  }

  @Test func `a launch that takes too long is stopped, and says so`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.apply(.launchAccepted(id))
    fixture.apply(.census([id: .preparing(.creating)], begun: fixture.now))
    fixture.pass(.seconds(601))
    #expect(fixture.apply(.tick).stopped == [id])
    let end = SessionStatus.ended(Outcome(.signalled(9)), startedAt: nil, at: fixture.now)
    #expect(fixture.apply(.status(id, end)).state(of: id) == .error("It did not start within 10 minutes"))
  }

  @Test func `a session whose program cannot be started ends with the reason`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    let decision = fixture.apply(.status(id, .couldNotStart("nope: command not found", at: fixture.now)))
    #expect(decision.state(of: id) == .error("nope: command not found"))
  }

  @Test func `phases go forward only`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.apply(.status(id, .preparing(.starting)))
    #expect(fixture.apply(.status(id, .preparing(.pulling))).changes.isEmpty)
    #expect(fixture.state(id) == .preparing(.starting))
  }

  @Test func `what a launch that failed for good may have started is stopped`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    #expect(fixture.apply(.launchFailed(id, reason: "timeout", isRetryable: false)).stopped == [id])
  }

  @Test func `cancelling a session whose launch failed stops what that may have started`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.apply(.launchFailed(id, reason: "timeout", isRetryable: true))
    #expect(fixture.apply(.destroy(id, by: "alice")).stopped == [id])
  }

  @Test func `a session is told of limits that the engine cannot enforce`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    let decision = fixture.apply(.launchAccepted(id, limitations: ["No memory limit."]))
    #expect(decision.reasons == ["Limitation", "Creating"])
  }
}
