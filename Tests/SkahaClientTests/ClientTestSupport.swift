import SkahaClient
import SkahaTestServer

/// Runs `body` with a client of a server that plays `handler`.
func withClient<Value: Sendable>(
  version: SkahaVersion = .v1, credential: SkahaCredential = .token("SEKRIT"),
  options: SkahaClient.Options = .init(), _ handler: @escaping @Sendable (RecordedRequest) async -> Reply,
  _ body: @escaping @Sendable (SkahaClient, TestServer) async throws -> Value
) async throws -> Value {
  try await withTestServer(handler) { server in
    try await withSkahaClient(server: server.url, version: version, credential: credential, options: options) {
      try await body($0, server)
    }
  }
}

/// Runs `call` against a server that answers `reply` to everything, and gives back the first lines of its requests.
func linesSent(
  version: SkahaVersion = .v1, reply: @escaping @Sendable () -> Reply = { Reply(200, "[]") },
  _ call: @escaping @Sendable (SkahaClient) async throws -> Void
) async throws -> [String] {
  try await withClient(version: version, { _ in reply() }) { client, server in
    try await call(client)
    return server.lines
  }
}
