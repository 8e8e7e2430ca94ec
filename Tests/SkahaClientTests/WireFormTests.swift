import Foundation
import SkahaClient
import SkahaTestServer
import Testing

/// The expected lines are those that `skaha` 1.7.0 and `canfar` 1.5.2 were recorded to send.
@Suite struct WireFormTests {
  @Test func `fetch without filters has no query`() async throws {
    #expect(try await linesSent { _ = try await $0.fetch() } == ["GET /skaha/v1/session"])
  }

  @Test func `fetch sends kind, status and view in this order`() async throws {
    let lines = try await linesSent { _ = try await $0.fetch(kind: .headless, status: .running, view: .all) }
    #expect(lines == ["GET /skaha/v1/session?type=headless&status=Running&view=all"])
  }

  @Test func `a filter for completed sessions uses the word of the server's version`() async throws {
    let v0 = try await linesSent(version: .v0) { _ = try await $0.fetch(status: .completed) }
    let v1 = try await linesSent(version: .v1) { _ = try await $0.fetch(status: .completed) }
    #expect(v0 == ["GET /skaha/v0/session?status=Succeeded"])
    #expect(v1 == ["GET /skaha/v1/session?status=Completed"])
  }

  @Test func `info, logs, events, renew and destroy address one session each`() async throws {
    let lines = try await linesSent(reply: { Reply(200, #"{"id": "m208a9hs"}"#) }) { client in
      _ = await client.info(["m208a9hs"])
      _ = await client.logs(["m208a9hs"])
      _ = await client.events(["m208a9hs"])
      _ = await client.renew(["m208a9hs"])
      _ = await client.destroy(["m208a9hs"])
    }
    #expect(
      lines == [
        "GET /skaha/v1/session/m208a9hs", "GET /skaha/v1/session/m208a9hs?view=logs",
        "GET /skaha/v1/session/m208a9hs?view=events", "POST /skaha/v1/session/m208a9hs?action=renew",
        "DELETE /skaha/v1/session/m208a9hs",
      ])
  }

  @Test func `stats, images, context and repositories ask where the published clients ask`() async throws {
    let lines = try await linesSent { client in
      _ = try? await client.stats()
      _ = try? await client.images()
      _ = try? await client.imageDetails(kind: .headless)
      _ = try? await client.context()
      _ = try? await client.repositories()
    }
    #expect(
      lines == [
        "GET /skaha/v1/session?view=stats", "GET /skaha/v1/image", "GET /skaha/v1/image?type=headless",
        "GET /skaha/v1/context", "GET /skaha/v1/repository",
      ])
  }

  @Test func `availability has no version in its path`() async throws {
    #expect(try await linesSent { _ = try? await $0.availability() } == ["GET /skaha/availability"])
  }

  @Test func `a part of a log is asked for with Roost's extras`() async throws {
    let lines = try await linesSent { client in
      _ = await client.logs(["m208a9hs"], tail: 5, since: Date(timeIntervalSince1970: 0), timestamps: true)
    }
    #expect(
      lines == [
        "GET /skaha/v1/session/m208a9hs?view=logs&tail=5&since=1970-01-01T00%3A00%3A00Z&timestamps=true"
      ])
  }

  @Test func `destroying by prefix lists and then deletes what matches`() async throws {
    let list = """
      [{"id": "aaaaaaaa", "name": "test-1", "type": "headless", "status": "Running"},
       {"id": "bbbbbbbb", "name": "other", "type": "headless", "status": "Running"},
       {"id": "cccccccc", "name": "test-2", "type": "headless", "status": "Pending"}]
      """
    let lines = try await linesSent(reply: { Reply(200, list) }) { client in
      let destroyed = try await client.destroy(prefix: "Test", kind: .headless, status: .running)
      #expect(destroyed.values == ["aaaaaaaa"])
    }
    #expect(
      lines == ["GET /skaha/v1/session?type=headless&status=Running", "DELETE /skaha/v1/session/aaaaaaaa"])
  }

  @Test func `destroying by an empty prefix is refused before anything is sent`() async throws {
    let lines = try await linesSent { client in
      await #expect(throws: SkahaError.self) { try await client.destroy(prefix: "") }
    }
    #expect(lines.isEmpty)
  }

  @Test func `a post has an empty body, its length, and the form's content type`() async throws {
    try await withClient({ _ in Reply(200, "k3j9x0ab\n") }) { client, server in
      _ = try await client.create(name: "a", image: "i")
      let request = try #require(server.requests.first)
      #expect(request.body.isEmpty)
      #expect(request.headers["content-length"] == "0")
      #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
      #expect(request.headers["authorization"] == "Bearer SEKRIT")
      #expect(request.headers["x-skaha-authentication-type"] == "token")
    }
  }

  @Test func `without a credential nothing about identity is sent`() async throws {
    try await withClient(credential: .none, { _ in Reply(200, "[]") }) { client, server in
      _ = try await client.fetch()
      let headers = try #require(server.requests.first).headers
      #expect(headers["authorization"] == nil)
      #expect(headers["x-skaha-authentication-type"] == nil)
    }
  }

  @Test func `the registry's secret goes with a create and with nothing else`() async throws {
    var options = SkahaClient.Options()
    options.registry = SkahaRegistryCredential(username: "u", secret: "p")
    try await withClient(options: options, { _ in Reply(200, "[]") }) { client, server in
      _ = try await client.create(name: "a", image: "i")
      _ = try await client.fetch()
      #expect(server.requests.map { $0.headers["x-skaha-registry-auth"] } == ["dTpw", nil])
    }
  }

  @Test func `an id with a slash or none at all never becomes another path`() async throws {
    let lines = try await linesSent { client in
      let result = await client.destroy(["", "a/b", "..", "a b"])
      #expect(result.failures.map(\.error.kind) == [.badRequest, .badRequest, .badRequest, .badRequest])
    }
    #expect(lines.isEmpty)
  }

  @Test func `whoami reads the user's name from the header of the answer`() async throws {
    try await withClient({ _ in Reply(200, "{}", headers: ["x-vo-authenticated": "brars"]) }) { client, server in
      let user = try await client.whoami()
      #expect(user == "brars")
      #expect(server.lines == ["GET /skaha/v1/context"])
    }
  }
}
