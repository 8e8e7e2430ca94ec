import Foundation
import SkahaClient
import SkahaTestServer
import Testing

@testable import RoostCommands

@Suite struct RunTests {
  @Test func `run prints the log once and exits as the session did`() async throws {
    let states = Replies(
      [#""Pending""#, #""Running""#, #""Running""#, #""Failed", "exitCode": 7, "reason": "Exit code 7.""#]
        .map { #"{"id": "k3j9x0ab", "status": \#($0)}"# })
    let logs = Replies(["one\n", "one\ntwo\n", "one\ntwo\nthree\n"])
    let (written, _) = try await perform(Run.self, ["-n", "a", "headless", "i:1", "--", "sh"]) { request in
      if request.method == "POST" { return Reply(200, "k3j9x0ab\n") }
      return Reply(200, request.uri.contains("view=logs") ? logs.next() : states.next())
    }
    #expect(written.data == "one\ntwo\nthree\n")
    #expect(written.messages == ["roost: k3j9x0ab failed. Exit code 7."])
    #expect(written.status == CommandStatus(7))
  }

  @Test(arguments: [
    (#""status": "Completed""#, 0), (#""status": "Succeeded", "exitCode": "0""#, 0), (#""status": "Failed""#, 1),
    (#""status": "Error", "exitCode": 0"#, 1), (#""status": "Failed", "exitCode": 137"#, 137),
    (#""status": "Failed", "exitCode": -1"#, 1),
  ])
  func `the exit code is the session's where it is known`(fields: String, code: Int32) throws {
    let session = try JSONDecoder().decode(SkahaSession.self, from: Data("{\(fields)}".utf8))
    #expect(Run.status(of: session).code == code)
  }

  @Test func `a session that is refused ends run with the code of the refusal`() async throws {
    let error = await #expect(throws: SkahaError.self) {
      try await perform(Run.self, ["-n", "a", "headless", "i:1"]) { _ in Reply(401, "Unauthorized") }
    }
    #expect(error.map { CommandStatus($0) } == .authentication)
  }
}
