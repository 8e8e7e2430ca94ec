import Foundation
import SkahaClient
import SkahaTestServer
import Testing

@testable import RoostCommands

@Suite struct ListingTests {
  @Test func `ps shows unfinished sessions, the newest first, with why they wait`() throws {
    let sessions = try JSONDecoder().decode([SkahaSession].self, from: Data(someSessions.utf8))
    let now = Date(timeIntervalSince1970: 1_772_747_308 + 7300)
    let table = Ps.table(Ps.selected(sessions, all: false, status: nil), now: now)
    #expect(
      table.text() == """
        ID        NAME    KIND      STATUS   AGE  IMAGE               REASON
        abce2222  second  notebook  Pending  2h   h/skaha/lab:2       Needs 8 cores, 4 are free.
        abcd1111  one     headless  Running  2h   h/skaha/terminal:1
        """)
  }

  @Test func `ps -a shows finished sessions with their exit codes`() throws {
    let sessions = try JSONDecoder().decode([SkahaSession].self, from: Data(someSessions.utf8))
    let rows = Ps.table(Ps.selected(sessions, all: true, status: nil), now: Date()).rows
    #expect(rows.map { $0[0] } == ["abce2222", "abcd1111", "zzzz3333"])
    #expect(rows[2][3] == "Failed (3)")
  }

  @Test func `ps sends its filters and prints ids only when quiet`() async throws {
    let (written, requests) = try await perform(Ps.self, ["-q", "-k", "headless", "-s", "error"]) { _ in
      Reply(200, someSessions)
    }
    #expect(written == Written(data: "zzzz3333\n"))
    #expect(requests == ["GET /skaha/v1/session?type=headless&status=Failed"])
  }

  @Test func `an empty list is said on the other stream`() async throws {
    let (written, _) = try await perform(Ps.self, ["-a"]) { _ in Reply(200, "[]") }
    #expect(written == Written(messages: ["No sessions."]))
  }

  @Test func `the JSON of a session has every field, sorted`() async throws {
    let (written, _) = try await perform(Ps.self, ["--json", "-s", "Failed"]) { _ in Reply(200, someSessions) }
    #expect(
      written.data == """
        [
          {
            "connectURL" : null,
            "createTime" : "2026-03-05T21:48:20Z",
            "endTime" : null,
            "exitCode" : 3,
            "expiryTime" : null,
            "id" : "zzzz3333",
            "image" : "h/skaha/terminal:1",
            "inUse" : {
              "cores" : null,
              "gpuRAMBytes" : null,
              "gpus" : null,
              "ramBytes" : null
            },
            "isFixedResources" : null,
            "kind" : "headless",
            "name" : "old",
            "phase" : null,
            "reason" : "Exit code 3.",
            "requested" : {
              "cores" : null,
              "gpuRAMBytes" : null,
              "gpus" : null,
              "ramBytes" : null
            },
            "startTime" : null,
            "status" : "Failed",
            "user" : "tess"
          }
        ]

        """)
  }

  @Test func `images are listed by name`() async throws {
    let (written, requests) = try await perform(Images.self, ["-k", "headless"]) { _ in
      Reply(200, #"[{"id": "h/b:1", "types": ["headless", "notebook"]}, {"id": "h/a:1", "types": []}]"#)
    }
    #expect(written.data == "IMAGE  KINDS\nh/a:1\nh/b:1  headless,notebook\n")
    #expect(requests == ["GET /skaha/v1/image?type=headless"])
  }

  @Test func `stats leave out what the server does not count`() async throws {
    let (written, _) = try await perform(Stats.self, []) { _ in
      Reply(200, #"{"cores": {"requestedCPUCores": 3, "cpuCoresAvailable": 8.5}, "ram": {}}"#)
    }
    #expect(written.data == "RESOURCE  REQUESTED  AVAILABLE  LARGEST SESSION\nCores     3          8.5        -\n")
  }

  @Test func `whoami prints the name, or says that there is none`() async throws {
    let named = try await perform(Whoami.self, []) { _ in Reply(200, "{}", headers: ["x-vo-authenticated": "tess"]) }
    #expect(named.written == Written(data: "tess\n"))
    let unnamed = try await perform(Whoami.self, []) { _ in Reply(200, "{}") }
    #expect(unnamed.written.data.isEmpty)
    #expect(unnamed.written.messages.count == 1)
  }

  @Test(arguments: [(0.0, "0s"), (59.9, "59s"), (60, "1m"), (3599, "59m"), (7200, "2h"), (200_000, "2d"), (-5, "0s")])
  func `an age is told in its largest unit`(seconds: Double, text: String) {
    #expect(age(seconds: seconds) == text)
  }

  @Test func `a cell cannot move the cursor`() {
    #expect(Table(head: ["A"], rows: [["x\u{1B}[2J\ny"]]).text() == "A\nx [2J y")
  }

  @Test func `colour is for the head only`() {
    #expect(Table(head: ["A"], rows: [["x"]]).text(bold: true) == "\u{1B}[1mA\u{1B}[0m\nx")
  }
}
