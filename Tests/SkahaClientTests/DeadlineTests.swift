import SkahaClient
import SkahaTestServer
import Testing

@Suite struct DeadlineTests {
  @Test func `a server that does not answer is given up`() async throws {
    try await withClient(options: quick, hang) { client, _ in
      let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
      #expect(error?.kind == .transport)
      #expect(error?.message.contains("did not answer within 0.1") == true)
    }
  }

  @Test func `an answer that never ends is given up`() async throws {
    let (pieces, feed) = AsyncStream.makeStream(of: String.self)
    feed.yield("[")
    try await withClient(options: quick, { _ in Reply(200, pieces: pieces) }) { client, _ in
      let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
      #expect(error?.kind == .transport)
      feed.finish()
    }
  }

  @Test func `cancelling the task cancels the request`() async throws {
    try await withClient(hang) { client, server in
      let task = Task { try await client.fetch() }
      try await waitUntil { server.requests.count == 1 }
      task.cancel()
      let error = await #expect(throws: SkahaError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
    }
  }

  @Test func `cancelling a batch keeps what was done and names the rest`() async throws {
    var options = SkahaClient.Options()
    options.concurrency = 1
    try await withClient(
      options: options,
      { request in
        if !request.path.hasSuffix("aaaaaaaa") { try? await Task.sleep(for: .seconds(60)) }
        return Reply(200, "done")
      }
    ) { client, server in
      let task = Task { await client.logs(["aaaaaaaa", "bbbbbbbb", "cccccccc"]) }
      try await waitUntil { server.requests.count == 2 }
      task.cancel()
      let result = await task.value
      #expect(result["aaaaaaaa"] == "done")
      #expect(result.failures.map(\.error.kind) == [.cancelled, .cancelled])
      #expect(server.requests.count == 2)
    }
  }

  private var quick: SkahaClient.Options {
    var options = SkahaClient.Options()
    options.timeout = .milliseconds(100)
    return options
  }

  private let hang: @Sendable (RecordedRequest) async -> Reply = { _ in
    try? await Task.sleep(for: .seconds(60))
    return Reply(200, "[]")
  }
}

/// Waits until `condition` holds, and fails when it has not within ten seconds.
func waitUntil(_ condition: @Sendable () -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(10)
  while !condition() {
    try #require(ContinuousClock.now < deadline, "the condition did not come true in time")
    try await Task.sleep(for: .milliseconds(2))
  }
}
