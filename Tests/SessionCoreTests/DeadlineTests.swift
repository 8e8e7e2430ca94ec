import HashTreeCollections
import SessionCore
import Sessions
import Testing

struct DeadlineTests {
  @Test func `a session that has used up its lifetime is stopped, and its outcome says so`() {
    var fixture = CoreFixture()
    let id = fixture.create(lifetime: .seconds(60))
    fixture.run(id)
    fixture.pass(.seconds(59))
    #expect(fixture.apply(.tick).stopped.isEmpty)
    fixture.pass(.seconds(1))
    #expect(fixture.apply(.tick).stopped == [id])
    let end = SessionStatus.ended(Outcome(.signalled(15)), startedAt: nil, at: fixture.now)
    #expect(fixture.apply(.status(id, end)).state(of: id) == .terminated(Outcome(.stopped(.deadline))))
  }

  @Test func `renewing gives a session its whole lifetime again`() {
    var fixture = CoreFixture()
    let id = fixture.create(lifetime: .seconds(60))
    fixture.run(id)
    fixture.pass(.seconds(30))
    fixture.apply(.renew(id))
    #expect(fixture.core.sessions[id]?.expiresAt == fixture.now + .seconds(60))
  }

  @Test func `a session that does not run cannot be renewed`() {
    var fixture = CoreFixture(cores: 1)
    _ = fixture.create()
    let waiting = fixture.create()
    #expect(fixture.apply(.renew(waiting)).refusal?.code == .invalidArgument)
  }

  @Test func `a stop that nothing comes of is sent again`() {
    var fixture = CoreFixture()
    let id = fixture.create()
    fixture.run(id)
    fixture.apply(.destroy(id, by: "alice"))
    fixture.pass(.seconds(24))
    #expect(fixture.apply(.tick).stopped.isEmpty)
    fixture.pass(.seconds(1))
    #expect(fixture.apply(.tick).stopped == [id])
  }
}
