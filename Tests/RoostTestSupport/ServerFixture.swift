public import Engine
public import Foundation
import Identity
import Logging
import RoostServer
import ServiceLifecycle
public import SkahaClient

/// A server in the test's process, on a real data directory and the simulated engine, behind a real port.
public struct ServerFixture: Sendable {
  /// The server's base, such as `http://127.0.0.1:40123`.
  public let url: String
  public let directory: URL
  public let engine: SimulatedEngine
  private let credentials: CredentialsFile

  /// Runs a server for as long as `body` runs.
  public static func with<Value: Sendable>(
    directory: URL, engine: SimulatedEngine? = nil, _ body: (ServerFixture) async throws -> Value
  ) async throws -> Value {
    let engine = engine ?? SimulatedEngine(nodes: [Sample.node], images: Sample.images, now: SystemClock.now)
    let configuration = ServerConfiguration(
      dataDirectory: directory, listen: ListenAddress(host: "127.0.0.1", port: 0))
    let server = try await RoostServer(
      configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { _, _ in RunnableEngine(engine) }
    let (ready, announce) = AsyncStream<RoostServer.Ready>.makeStream()
    let running = Task { try await server.run { announce.yield($0) } }
    defer { running.cancel() }
    guard let first = await ready.first(where: { _ in true }) else { throw CancellationError() }
    let file = try CredentialsFile(json: try Data(contentsOf: first.credentialsFile))
    let value = try await body(
      ServerFixture(url: first.url, directory: directory, engine: engine, credentials: file))
    running.cancel()
    _ = await running.result
    return value
  }

  /// A client for the administrator, or with another token.
  public func client(version: SkahaVersion = .v1, token: String? = nil) throws -> SkahaClient {
    try SkahaClient(server: url + "/skaha", version: version, credential: .token(token ?? credentials.token))
  }
}
