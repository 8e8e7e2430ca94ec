import Foundation
import SkahaTestServer
import Testing

@testable import SkahaClient

@Suite struct EventTableTests {
  @Test func `the columns of the original server's table are told apart`() throws {
    let events = SkahaEvent.parse(
      table: """
        TYPE      REASON      MESSAGE                             FIRST-TIME             LAST-TIME
        Normal    Scheduled   Successfully assigned to node n1    <none>                 <none>
        Warning   Failed      Image "a:b" not there               2026-03-05T21:48:29Z   2026-03-05T21:48:29.500Z

        """)
    #expect(events.map(\.reason) == ["Scheduled", "Failed"])
    #expect(events.map(\.type) == ["Normal", "Warning"])
    #expect(events[0].message == "Successfully assigned to node n1")
    #expect(events[0].firstTime == nil)
    #expect(events[1].firstTime == Date(timeIntervalSince1970: 1_772_747_309))
    #expect(events[1].lastTime == Date(timeIntervalSince1970: 1_772_747_309.5))
  }

  @Test func `no events are an empty list`() {
    #expect(SkahaEvent.parse(table: "<none>\n").isEmpty)
    #expect(SkahaEvent.parse(table: "").isEmpty)
  }

  @Test func `a line of another shape is kept as a message`() {
    let events = SkahaEvent.parse(table: "TYPE   REASON   MESSAGE\nsomething else happened\n")
    #expect(events.map(\.message) == ["something else happened"])
  }

  @Test func `a message with two blanks in it stays one message`() {
    let events = SkahaEvent.parse(table: "Normal   Pulled   took  3 s   <none>   <none>")
    #expect(events.map(\.message) == ["took 3 s"])
  }
}
