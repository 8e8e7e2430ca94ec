import SkahaClient
import SkahaTestServer
import Synchronization
import Testing

@Suite struct BatchTests {
  @Test func `never more requests are under way than allowed`() async throws {
    var options = SkahaClient.Options()
    options.concurrency = 3
    try await withClient(options: options, gate(at: 3)) { client, server in
      let result = await client.logs((0..<12).map { "session\($0)" })
      #expect(result.allSucceeded)
      #expect(server.mostInFlight == 3)
    }
  }

  @Test func `sixteen requests are under way by default`() async throws {
    try await withClient(gate(at: 16)) { client, server in
      _ = await client.destroy((0..<40).map { "session\($0)" })
      #expect(server.requests.count == 40)
      #expect(server.mostInFlight == 16)
    }
  }

  @Test func `answers stand in the order of the question, whichever came first`() async throws {
    try await withClient({ request in
      if request.path.hasSuffix("aaaaaaaa") { try? await Task.sleep(for: .milliseconds(50)) }
      return Reply(200, String(request.path.suffix(8)))
    }) { client, _ in
      let logs = await client.logs(["aaaaaaaa", "bbbbbbbb", "cccccccc"])
      #expect(logs.map(\.key) == ["aaaaaaaa", "bbbbbbbb", "cccccccc"])
      #expect(logs.values == ["aaaaaaaa", "bbbbbbbb", "cccccccc"])
      #expect(logs["bbbbbbbb"] == "bbbbbbbb")
    }
  }

  @Test func `one failure does not hide the others`() async throws {
    try await withClient({ request in
      switch request.path.suffix(8) {
      case "bbbbbbbb": Reply(404, "session bbbbbbbb not found\n")
      case "cccccccc": Reply(200, "{}")
      default: Reply(200, #"{"id": "aaaaaaaa", "name": "a"}"#)
      }
    }) { client, _ in
      let infos = await client.info(["aaaaaaaa", "bbbbbbbb", "cccccccc"])
      #expect(infos.values.map(\.name) == ["a"])
      #expect(infos.failures.map(\.key) == ["bbbbbbbb", "cccccccc"])
      #expect(infos.failures.map(\.error.kind) == [.notFound, .invalidAnswer])
      #expect(infos["bbbbbbbb"] == nil)
    }
  }

  @Test func `no ids are no requests`() async throws {
    let lines = try await linesSent { client in
      let result = await client.info([])
      #expect(result.isEmpty)
    }
    #expect(lines.isEmpty)
  }

  /// Holds the first `count` answers back until so many requests have arrived, and long enough for one too many to show.
  private func gate(at count: Int) -> @Sendable (RecordedRequest) async -> Reply {
    let arrived = Counter()
    return { _ in
      guard arrived.add() <= count else { return Reply(200, "ok") }
      do { try await waitUntil { arrived.value >= count } } catch { return Reply(500) }
      try? await Task.sleep(for: .milliseconds(100))
      return Reply(200, "ok")
    }
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }

  /// Counts one more, and says how many that makes.
  func add() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
