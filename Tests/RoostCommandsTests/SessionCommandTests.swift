import SkahaClient
import SkahaTestServer
import Testing

@testable import RoostCommands

@Suite struct SessionCommandTests {
  @Test func `a unique beginning of an id is enough`() async throws {
    let (written, requests) = try await perform(Rm.self, ["abcd", "z"]) { _ in Reply(200, someSessions) }
    #expect(written == Written(data: "abcd1111\nzzzz3333\n"))
    #expect(requests.first == "GET /skaha/v1/session")
    #expect(
      Set(requests.dropFirst()) == ["DELETE /skaha/v1/session/abcd1111", "DELETE /skaha/v1/session/zzzz3333"])
  }

  @Test func `an ambiguous beginning names the candidates and does nothing`() async throws {
    let failure = await #expect(throws: CommandFailure.self) {
      try await perform(Rm.self, ["z", "abc"]) { _ in Reply(200, someSessions) }
    }
    #expect(failure?.status == .usage)
    #expect(failure?.message == "'abc' is ambiguous: it begins abcd1111, abce2222. Type more of the id.")
  }

  @Test func `a beginning of nothing fails without hiding the others`() async throws {
    let (written, _) = try await perform(Rm.self, ["nope", "zzzz"]) { _ in Reply(200, someSessions) }
    #expect(written.data == "zzzz3333\n")
    #expect(written.messages.map { $0.prefix(18) } == ["roost: nope: None "])
    #expect(written.status == .partial)
  }

  @Test func `a whole id is not looked up`() async throws {
    let (_, requests) = try await perform(Rm.self, ["-f", "k3j9x0ab"]) { _ in Reply(200) }
    #expect(requests == ["DELETE /skaha/v1/session/k3j9x0ab"])
  }

  @Test func `an id that is a beginning of another is itself`() throws {
    #expect(try SessionReferences.match(["ab", "x"], in: ["abc", "ab"]) == ["ab", nil])
  }

  @Test func `info shows what is known, a line each`() async throws {
    let (written, _) = try await perform(Info.self, ["k3j9x0ab", "nosuchid"]) { request in
      guard request.path.hasSuffix("ab") else { return Reply(404, "session nosuchid not found\n") }
      return Reply(
        200,
        """
        {"id": "k3j9x0ab", "name": "a", "type": "headless", "status": "Running", "image": "h/i:1",
         "startTime": "2026-03-05T21:48:29Z", "requestedRAM": "17.18", "ramInUse": "0.10", "cpuCoresInUse": "0.5"}
        """)
    }
    #expect(
      written.data == """
        Id       k3j9x0ab
        Name     a
        Kind     headless
        Status   Running
        Image    h/i:1
        Started  2026-03-05T21:48:29Z
        Cores    0.5, flexible
        Memory   0.10 GB of 17.18 GB

        """)
    #expect(written.messages.map { $0.prefix(45) } == ["roost: nosuchid: session nosuchid not found. "])
    #expect(written.status == .partial)
  }

  @Test func `the JSON of several sessions has results and failures`() async throws {
    let (written, _) = try await perform(Renew.self, ["--json", "k3j9x0ab", "nosuchid"]) { request in
      request.path.hasSuffix("ab") ? Reply(200) : Reply(404, "session nosuchid not found")
    }
    #expect(
      written.data == """
        {
          "failures" : [
            {
              "error" : {
                "advice" : "List your sessions to see which exist; finished ones are kept for a limited time.",
                "kind" : "notFound",
                "message" : "session nosuchid not found",
                "status" : 404
              },
              "id" : "nosuchid"
            }
          ],
          "results" : [
            {
              "id" : "k3j9x0ab"
            }
          ]
        }

        """)
  }

  @Test func `all sessions not found is the code of not found`() async throws {
    let (written, _) = try await perform(Events.self, ["nosuchid"]) { _ in Reply(404, "session nosuchid not found.") }
    #expect(written.status == .notFound)
  }

  @Test func `logs of several sessions have heads`() async throws {
    let (written, _) = try await perform(Logs.self, ["k3j9x0ab", "k3j9x0ac"]) { _ in Reply(200, "x") }
    #expect(written.data == "==> k3j9x0ab <==\nx\n==> k3j9x0ac <==\nx\n")
  }

  @Test func `a log is printed as it is`() async throws {
    let (written, requests) = try await perform(Logs.self, ["--tail", "2", "-t", "k3j9x0ab"]) { _ in Reply(200, "a\nb")
    }
    #expect(written.data == "a\nb")
    #expect(requests == ["GET /skaha/v1/session/k3j9x0ab?view=logs&tail=2&timestamps=true"])
  }

  @Test func `events are a table`() async throws {
    let (written, _) = try await perform(Events.self, ["k3j9x0ab"]) { _ in
      Reply(
        200, "TYPE  REASON  MESSAGE  FIRST-TIME  LAST-TIME\nNormal  Started  It runs  <none>  2026-03-05T21:48:29Z\n")
    }
    #expect(
      written.data == """
        TIME                  TYPE    REASON   MESSAGE
        2026-03-05T21:48:29Z  Normal  Started  It runs

        """)
  }

  @Test func `prune takes the prefix, kind and status of canfar`() async throws {
    let (written, requests) = try await perform(Prune.self, ["o", "headless", "Error"]) { _ in Reply(200, someSessions)
    }
    #expect(written.data == "zzzz3333\n")
    #expect(
      requests == ["GET /skaha/v1/session?type=headless&status=Failed", "DELETE /skaha/v1/session/zzzz3333"])
  }

  @Test func `prune says when nothing matches`() async throws {
    let (written, requests) = try await perform(Prune.self, ["none"]) { _ in Reply(200, someSessions) }
    #expect(written.messages == ["No headless session called none… is Completed."])
    #expect(requests == ["GET /skaha/v1/session?type=headless&status=Completed"])
  }
}
