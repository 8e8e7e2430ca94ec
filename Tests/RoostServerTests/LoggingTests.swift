import Foundation
import Logging
import Sessions
import Testing

@testable import RoostServer

struct LoggingTests {
  @Test func `a message is one line of JSON, whatever is in it`() throws {
    let line = JSONLogHandler.line(
      ["error": "two\nlines \"quoted\"", "message": "not this"], level: .warning, label: "roost", message: "It\nfailed",
      time: Instant(milliseconds: 1))
    let text = String(decoding: line, as: UTF8.self)
    #expect(text.filter { $0 == "\n" }.count == 1)
    let object = try JSONSerialization.jsonObject(with: line) as? [String: String]
    #expect(object?["message"] == "It\nfailed")
    #expect(object?["error"] == "two\nlines \"quoted\"")
    #expect(object?["time"] == "1970-01-01T00:00:00.001Z")
  }
}
