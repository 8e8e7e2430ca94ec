import HTTPTypes
import RoostTestSupport
import Sessions
import Testing

@testable import SkahaAPI

struct RouteTests {
  /// Every path that needs a principal.
  static let closed = [
    "/skaha/v1/session", "/skaha/v0/session", "/v1/session", "/skaha/v1/session/abcdefgh",
    "/skaha/v1/session/abcdefgh/app", "/skaha/v1/session/abcdefgh/app/abc", "/skaha/v1/context", "/skaha/v1/image",
    "/skaha/v1/image/image", "/skaha/v1/repository", "/skaha/v1/session/a/b/c/d/e",
  ]

  @Test(arguments: closed, [HTTPRequest.Method.get, .post, .delete, .put, .head])
  func `nobody gets in`(path: String, method: HTTPRequest.Method) async throws {
    try await SkahaFixture.with { skaha in
      let answer = try await skaha.ask(method, path, as: nil)
      #expect(answer.status == 401)
      #expect(answer.headers[.wwwAuthenticate] == "Bearer")
      #expect(answer.text == "Unauthorized\n")
    }
  }

  @Test(arguments: ["/skaha", "/skaha/availability", "/skaha/capabilities"])
  func `what anybody may ask is answered`(path: String) async throws {
    try await SkahaFixture.with { skaha in
      let answer = try await skaha.ask(.get, path, as: nil)
      #expect(answer.status == 200)
    }
  }

  @Test(arguments: closed.dropLast())
  func `a method that is not there is named, and those that are`(path: String) async throws {
    try await SkahaFixture.with { skaha in
      let answer = try await skaha.ask(.put, path)
      #expect(answer.status == 405)
      #expect(answer.text == "unsupported: HTTP PUT\n")
      #expect(answer.headers[.allow]?.contains("GET") == true)
    }
  }

  @Test(arguments: [
    (HTTPRequest.Method.get, "/skaha/v1/session/zzzzzzzz", 404, "session zzzzzzzz not found\n"),
    (.get, "/skaha/v1/session/zzzzzzzz?view=events", 404, "session zzzzzzzz not found\n"),
    (.get, "/skaha/v1/session/zzzzzzzz?view=logs", 404, "session zzzzzzzz not found\n"),
    (.get, "/skaha/v1/session/no", 404, "session no not found\n"),
    (.get, "/skaha/v1/session/a%20b", 400, "canfar.net/id label value must match Kubernetes label value syntax\n"),
    (.delete, "/skaha/v1/session/zzzzzzzz", 404, "session zzzzzzzz not found\n"),
    (.delete, "/skaha/v1/session", 400, "Cannot kill all sessions.\n"),
    (.post, "/skaha/v1/session/zzzzzzzz?action=renew", 400, "No active job for user alice with session zzzzzzzz\n"),
    (.post, "/skaha/v1/session/zzzzzzzz?action=dance", 400, "unrecognized action\n"),
    (.post, "/skaha/v1/session/zzzzzzzz", 400, "Cannot modify an existing session\n"),
    (.get, "/skaha/v1/session/a/b/c/d", 400, "Invalid request: a/b/c/d\n"),
    (.delete, "/skaha/v1/session/zzzzzzzz/app", 400, "Missing app ID\n"),
    (.post, "/skaha/v1/session/zzzzzzzz/app/x", 400, "Cannot modify an existing app.\n"),
    (.get, "/skaha/v1/session/s/app/x", 404, "desktop app with session s and app ID x was not found\n"),
    (.get, "/skaha/v1/image?type=Notebook", 400, "unknown type: Notebook\n"),
  ])
  func `says what the original says`(method: HTTPRequest.Method, path: String, status: Int, text: String) async throws {
    try await SkahaFixture.with { skaha in
      let answer = try await skaha.ask(method, path)
      #expect(answer.status == status)
      #expect(answer.text == text)
    }
  }

  @Test func `a body beyond its limit is refused by its announcement and by its length`() async throws {
    try await SkahaFixture.with { skaha in
      let announced = try await skaha.ask(
        .post, "/skaha/v1/session", headers: [.contentLength: "1073741824"])
      #expect(announced.status == 413)
      let long = String(repeating: "a", count: 2 << 20)
      #expect(try await skaha.ask(.post, "/skaha/v1/session", body: long).status == 413)
    }
  }

  @Test func `context, images, repository and statistics have the shape that clients read`() async throws {
    try await SkahaFixture.with { skaha in
      let context = try await skaha.ask(.get, "/skaha/v1/context").object()
      #expect(Set(context.keys) == ["cores", "memoryGB", "gpus", "maxInteractiveSessions"])
      let images = try await skaha.ask(.get, "/skaha/v1/image?type=headless").list()
      #expect(images.map { $0["id"] as? String } == [Sample.terminal.description])
      #expect(try await skaha.ask(.get, "/skaha/v1/repository").text.contains("images.canfar.net"))
      let stats = try await skaha.ask(.get, "/skaha/v1/session?view=stats").object()
      #expect(Set(stats.keys) == ["cores", "ram"])
      let old = try await skaha.ask(.get, "/skaha/v0/session?view=stats").object()
      #expect(Set(old.keys) == ["cores", "ram", "instances"])
    }
  }
}
