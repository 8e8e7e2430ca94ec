import Foundation
import Sessions
import Testing

struct InstantTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_399_000, "2000-02-28T23:59:59Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00Z"), (-1000, "1969-12-31T23:59:59Z"),
  ])
  func `is written in UTC with whole seconds`(milliseconds: Int64, text: String) {
    #expect(Instant(milliseconds: milliseconds).description == text)
  }

  @Test func `is written as Foundation writes it, for 2000 random instants of 300 years`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let seconds = Int64.random(in: -2_000_000_000...7_400_000_000, using: &generator)
      let expected = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
      #expect(Instant(milliseconds: seconds * 1000).description == expected)
    }
  }

  @Test func `keeps milliseconds where they are asked for`() {
    #expect(Instant(milliseconds: 1_234).descriptionWithMilliseconds == "1970-01-01T00:00:01.234Z")
  }

  @Test func `adds and subtracts durations`() {
    let instant = Instant(milliseconds: 5000)
    #expect(instant + .seconds(2) == Instant(milliseconds: 7000))
    #expect(instant - Instant(milliseconds: 1500) == .milliseconds(3500))
  }
}
