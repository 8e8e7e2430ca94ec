import Foundation
import SkahaClient
import SkahaTestServer
import Testing

@testable import RoostCommands

@Suite struct WelcomeTests {
  @Test func `the tour shows phases, log and the next steps, and writes no data`() async throws {
    let states = Replies(["Pending", "Completed"].map { #"{"id": "k3j9x0ab", "status": "\#($0)"}"# })
    let written = try await tour { request in
      if request.method == "POST" { return Reply(200, "k3j9x0ab\n") }
      if request.uri.contains("view=logs") { return Reply(200, "Hello from welcome\n") }
      guard request.uri.contains("view=events") else { return Reply(200, states.next()) }
      return Reply(
        200,
        """
        TYPE    REASON     MESSAGE         FIRST-TIME                 LAST-TIME
        Normal  Accepted   It is accepted  2026-03-05T21:48:29.000Z   2026-03-05T21:48:29.000Z
        Normal  Started    It runs         2026-03-05T21:48:29.012Z   2026-03-05T21:48:29.012Z
        """)
    }
    #expect(written.data.isEmpty)
    #expect(written.messages.count { $0 == "  +0 ms  Accepted  It is accepted" } == 1)
    #expect(written.messages.count { $0 == "  +12 ms  Started  It runs" } == 1)
    #expect(written.messages.contains("  Hello from welcome"))
    let steps = try #require(written.messages.last)
    for line in ["export CANFAR_URL=http://127.0.0.1:8080/skaha/v1", "export ROOST_CREDENTIALS='/a b/c.json'"] {
      #expect(steps.contains(line))
    }
  }

  @Test func `a tour that fails says so in a sentence and still tells the next steps`() async throws {
    let written = try await tour { _ in Reply(500, "disk full") }
    #expect(written.messages.contains("The sample session did not work: disk full. The server runs all the same."))
    #expect(written.messages.last?.contains("Ctrl-C") == true)
  }

  @Test func `a sample session that fails says why`() async throws {
    let written = try await tour { request in
      if request.method == "POST" { return Reply(200, "k3j9x0ab\n") }
      if request.uri.contains("view=") { return Reply(200, "") }
      return Reply(200, #"{"id": "k3j9x0ab", "status": "Failed", "reason": "No bubblewrap."}"#)
    }
    #expect(written.messages.contains("\nIt is Failed. No bubblewrap."))
  }

  private func tour(_ handler: @escaping @Sendable (RecordedRequest) async -> Reply) async throws -> Written {
    try await withTestServer(handler) { server in
      try await withSkahaClient(server: server.url) { client in
        let recorder = Recorder()
        await Welcome(
          client: client, url: "http://127.0.0.1:8080", credentialsPath: "/a b/c.json", output: recorder.output()
        ).run()
        return recorder.written
      }
    }
  }
}
