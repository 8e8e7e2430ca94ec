import SkahaClient
import SkahaTestServer
import Testing

@Suite struct ErrorTests {
  @Test(arguments: [
    (400, "Missing parameter 'name'", SkahaError.Kind.badRequest),
    (400, "User U has reached the maximum of 3 active sessions.", .quota),
    (409, "GPU quota of group astro: 8 of 8 used", .quota),
    (401, "Unauthorized", .unauthenticated), (403, "Not authorized to use the skaha system", .forbidden),
    (404, "session x not found", .notFound), (409, "exists", .conflict), (413, "limit: 3", .badRequest),
    (500, "unexpected exception: x", .server), (502, "bad gateway", .unavailable),
    (303, "", .invalidAnswer), (307, "", .invalidAnswer),
  ])
  func `the status and the sentence decide what sort of error it is`(
    status: Int, body: String, kind: SkahaError.Kind
  ) async throws {
    let error = try await failure(Reply(status, body + "\n"))
    #expect(error.kind == kind)
    #expect(error.status == status)
    if !body.isEmpty { #expect(error.message == body) }
  }

  @Test func `a redirect is not followed`() async throws {
    try await withClient({ request in
      request.path == "/elsewhere" ? Reply(200, "[]") : Reply(303, headers: ["Location": "/elsewhere"])
    }) { client, server in
      let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
      #expect(error?.kind == .invalidAnswer)
      #expect(server.requests.count == 1)
    }
  }

  @Test func `an unavailable server says when to come back`() async throws {
    let error = try await failure(Reply(503, "temporarily unavailable: null\n", headers: ["Retry-After": "30"]))
    #expect(error.kind == .unavailable)
    #expect(error.retryAfter == .seconds(30))
  }

  @Test func `an error without a body still says something`() async throws {
    let error = try await failure(Reply(500, ""))
    #expect(error.message == "The server answered 500 without a reason.")
  }

  @Test func `control characters of a server's sentence do not reach a terminal`() async throws {
    let error = try await failure(Reply(400, "bad\u{1B}[31m\r\nname"))
    #expect(error.message == "bad [31m name")
  }

  @Test func `an endless error page is cut`() async throws {
    let error = try await failure(Reply(500, String(repeating: "x", count: 100_000)))
    #expect(error.message.count <= 2001)
  }

  @Test(arguments: ["", "{}", "not json", "[1]"])
  func `a list that is not one is an invalid answer`(body: String) async throws {
    let error = try await failure(Reply(200, body))
    #expect(error.kind == .invalidAnswer)
  }

  @Test func `an answer above the limit is refused`() async throws {
    var options = SkahaClient.Options()
    options.maximumBodyBytes = 100
    let error = try await failure(Reply(200, "[" + String(repeating: " ", count: 200) + "]"), options)
    #expect(error.kind == .invalidAnswer)
    #expect(error.message.contains("100 bytes"))
  }

  @Test func `a server that is not there is a transport error without the token in it`() async throws {
    try await withSkahaClient(server: "http://127.0.0.1:1/skaha", credential: .token("SEKRIT")) { client in
      let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
      #expect(error?.kind == .transport)
      #expect(error?.description.contains("127.0.0.1:1") == true)
      #expect(error?.description.contains("SEKRIT") == false)
    }
  }

  @Test func `a client that was shut down says so`() async throws {
    let client = try SkahaClient(server: "http://127.0.0.1:1")
    await client.shutdown()
    let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
    #expect(error?.message == "The client has been shut down.")
  }

  @Test func `a client that is forgotten does not end the process`() async throws {
    try await withTestServer({ _ in Reply(200, "[]") }) { server in
      let sessions = try await SkahaClient(server: server.url).fetch()
      #expect(sessions.isEmpty)
    }
  }

  private func failure(_ reply: Reply, _ options: SkahaClient.Options = .init()) async throws -> SkahaError {
    try await withClient(options: options, { _ in reply }) { client, _ in
      try #require(await #expect(throws: SkahaError.self) { try await client.fetch() })
    }
  }
}
