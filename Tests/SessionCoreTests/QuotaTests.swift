import SessionCore
import Sessions
import Testing

struct QuotaTests {
  private func refusal(_ fixture: inout CoreFixture, kind: SessionKind, owner: Owner) -> RoostError? {
    fixture.apply(
      .create(CreateRequest(id: SessionID("extra000")!, owner: owner, spec: CoreFixture.spec(kind: kind)))
    ).refusal
  }

  @Test func `interactive sessions are counted for each user, headless ones are not`() {
    var fixture = CoreFixture(policy: Policy(interactiveSessions: 1))
    _ = fixture.create(kind: .notebook)
    _ = fixture.create(kind: .headless)
    let error = refusal(&fixture, kind: .desktop, owner: CoreFixture.alice)
    #expect(error?.code == .quotaExceeded)
    #expect(error?.message == "User alice has reached the maximum of 1 active sessions.")
    #expect(refusal(&fixture, kind: .desktop, owner: CoreFixture.bob) == nil)
  }

  @Test func `a session that is being stopped no longer counts`() {
    var fixture = CoreFixture(policy: Policy(interactiveSessions: 1))
    let id = fixture.create(kind: .notebook)
    fixture.run(id)
    fixture.apply(.destroy(id, by: "alice"))
    #expect(refusal(&fixture, kind: .notebook, owner: CoreFixture.alice) == nil)
  }

  @Test func `nobody can fill the queue without end`() {
    var fixture = CoreFixture(policy: Policy(liveSessions: 2))
    _ = fixture.create()
    _ = fixture.create()
    #expect(refusal(&fixture, kind: .headless, owner: CoreFixture.alice)?.code == .quotaExceeded)
  }

  @Test func `what a user's sessions hold in memory is limited`() {
    var policy = Policy()
    policy.liveSpecBytes = 10
    var fixture = CoreFixture(policy: policy)
    _ = fixture.create()
    _ = fixture.create()
    #expect(refusal(&fixture, kind: .headless, owner: CoreFixture.alice)?.code == .quotaExceeded)
    #expect(refusal(&fixture, kind: .headless, owner: CoreFixture.bob) == nil)
  }
}
