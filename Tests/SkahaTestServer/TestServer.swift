import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
public import NIOSSL
import Synchronization

/// A small HTTP server in the test's own process: it records requests and plays answers.
public final class TestServer: Sendable {
  private struct State {
    var requests: [RecordedRequest] = []
    var inFlight = 0
    var mostInFlight = 0
  }

  private let state = Mutex(State())
  public let port: Int
  private let scheme: String

  fileprivate init(port: Int, scheme: String) {
    self.port = port
    self.scheme = scheme
  }

  /// What a client calls the server: up to `/skaha`.
  public var url: String { "\(scheme)://127.0.0.1:\(port)/skaha" }
  /// All requests so far, in the order of their arrival.
  public var requests: [RecordedRequest] { state.withLock { $0.requests } }
  /// Their first lines.
  public var lines: [String] { requests.map(\.line) }
  /// The most requests that were being answered at one time.
  public var mostInFlight: Int { state.withLock { $0.mostInFlight } }

  fileprivate func answer(
    _ request: RecordedRequest, _ handler: @Sendable (RecordedRequest) async -> Reply
  ) async -> Reply {
    state.withLock {
      $0.requests.append(request)
      $0.inFlight += 1
      $0.mostInFlight = max($0.mostInFlight, $0.inFlight)
    }
    defer { state.withLock { $0.inFlight -= 1 } }
    return await handler(request)
  }
}

/// Runs a server for the time of `body`.
public func withTestServer<Value: Sendable>(
  tls: TLSConfiguration? = nil, _ handler: @escaping @Sendable (RecordedRequest) async -> Reply,
  _ body: @Sendable (TestServer) async throws -> Value
) async throws -> Value {
  let (ports, announce) = AsyncStream.makeStream(of: Int.self)
  let holder = Mutex<TestServer?>(nil)
  let responder = CallbackResponder<BasicRequestContext> { request, _ in
    let recorded = try await RecordedRequest(request)
    guard let server = holder.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
    return await Response(server.answer(recorded, handler))
  }
  var logger = Logger(label: "test-server")
  logger.logLevel = .critical
  let app = Application(
    responder: responder, server: try tls.map { try .tls(tlsConfiguration: $0) } ?? .http1(),
    configuration: .init(address: .hostname("127.0.0.1", port: 0)),
    onServerRunning: { channel in
      announce.yield(channel.localAddress?.port ?? 0)
    }, logger: logger)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await app.run() }
    defer { group.cancelAll() }
    guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
    let server = TestServer(port: port, scheme: tls == nil ? "http" : "https")
    holder.withLock { $0 = server }
    return try await body(server)
  }
}

extension RecordedRequest {
  fileprivate init(_ request: Request) async throws {
    let body = try await request.body.collect(upTo: 1 << 20)
    let headers = request.headers.map { ($0.name.canonicalName, $0.value) }
    self.init(
      method: request.method.rawValue, uri: request.uri.description,
      headers: Dictionary(headers, uniquingKeysWith: { $0 + ", " + $1 }), body: String(buffer: body))
  }
}

extension Response {
  fileprivate init(_ reply: Reply) {
    var fields = HTTPFields()
    for (name, value) in reply.headers {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    self.init(
      status: .init(code: reply.status), headers: fields,
      body: ResponseBody(asyncSequence: reply.pieces.map { ByteBuffer(string: $0) }))
  }
}
