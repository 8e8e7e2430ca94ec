import Engine
import HTTPTypes
public import Hummingbird
public import Identity
import Journal
public import Logging
public import SessionManager
import Sessions

/// The Skaha session API, v0 and v1: HTTP in, commands and queries to the manager, answers in Skaha's words.
///
/// It keeps no state and decides nothing. The wire format is that of opencadc/science-platform and of its clients `skaha`
/// 1.7.0 and `canfar` 1.5.2.
public struct SkahaAPI: Sendable {
  let manager: SessionManager
  let configuration: Configuration
  let logger: Logger

  /// What the dialect needs to know besides what the manager knows.
  public struct Configuration: Sendable {
    public var lifetimes: Lifetimes
    /// The most bytes a request's body may have.
    public var bodyLimit: Int

    public init(lifetimes: Lifetimes = Lifetimes(), bodyLimit: Int = 1 << 20) {
      self.lifetimes = lifetimes
      self.bodyLimit = bodyLimit
    }
  }

  public init(manager: SessionManager, configuration: Configuration, logger: Logger) {
    self.manager = manager
    self.configuration = configuration
    self.logger = logger
  }

  /// Answers a request; `nil` if its path is not one of Skaha's.
  ///
  /// - Parameter principal: who makes the request, as the gate found out; `nil` for nobody.
  public func respond(to request: Request, principal: Principal?) async -> Response? {
    do {
      let segments = try Self.segments(of: request.uri.path)
      guard let route = SkahaRoute(segments: segments) else { return nil }
      try Self.check(request, for: route, principal)
      var response = try await answer(request, route, principal).response
      if let principal { response.headers[Self.authenticatedAs] = principal.user.name.text }
      return response
    } catch {
      return ErrorAnswer.response(describe(error), allowing: Self.methods(at: request.uri.path))
    }
  }

  private static func methods(at path: String) -> [String] {
    ((try? segments(of: path)).flatMap { SkahaRoute(segments: $0) })?.methods ?? []
  }

  // A constant token is a valid name.
  // swift-format-ignore: NeverForceUnwrap
  private static let authenticatedAs = HTTPField.Name("x-vo-authenticated")!

  private static func segments(of path: String) throws(RoostError) -> [String] {
    var segments: [String] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      segments.append(try FormDecoding.decode(part, plusIsSpace: false))
    }
    return segments
  }

  private static func check(_ request: Request, for route: SkahaRoute, _ principal: Principal?) throws(RoostError) {
    guard principal != nil || route.isPublic else { throw RoostError(.unauthenticated, "Unauthorized") }
    guard route.methods.contains(request.method.rawValue) else {
      throw RoostError(.methodNotAllowed, "unsupported: HTTP \(request.method.rawValue)")
    }
    if case .tooDeep(let path) = route { throw RoostError(.invalidArgument, "Invalid request: \(path)") }
  }

  /// What went wrong in the API's terms. What nobody foresaw is logged, and told without details.
  private func describe(_ error: any Error) -> RoostError {
    switch error {
    case let error as RoostError: return error
    case is CancellationError: return RoostError(.unavailable, "The server is stopping.", retryAfter: .seconds(5))
    case let error as JournalError: return RoostError(.unavailable, error.description, retryAfter: .seconds(30))
    default:
      logger.error("A request failed unexpectedly", metadata: ["error": "\(error)"])
      return RoostError(.internal, "The server has failed; its log says how.")
    }
  }

  private func answer(_ request: Request, _ route: SkahaRoute, _ principal: Principal?) async throws -> Answer {
    guard let principal else { return try openAnswer(request, route) }
    let call = Call(api: self, principal: principal, parameters: try await parameters(of: request), request: request)
    switch (route, request.method) {
    case (.sessions(let version), .post): return try await call.create(version)
    case (.sessions, .delete): throw RoostError(.invalidArgument, "Cannot kill all sessions.")
    case (.sessions(let version), _): return try await call.list(version)
    case (.session(_, let id), .post): return try await call.modify(id)
    case (.session(_, let id), .delete): return try await call.destroy(id)
    case (.session(let version, let id), _): return try await call.show(id, version)
    case (.apps(_, let id), let method): return try await call.apps(of: id, method)
    case (.app(_, let id, let app), let method): return try await call.app(app, of: id, method)
    case (.context(let version), _): return try call.context(version)
    case (.images, _): return try call.images()
    case (.repositories, _): return try .json(registries)
    case (.root, _), (.availability, _), (.capabilities, _), (.tooDeep, _): return try openAnswer(request, route)
    }
  }

  private func parameters(of request: Request) async throws -> Parameters {
    let body = try await readBody(of: request)
    return try Parameters(query: request.uri.query, body: body, contentType: request.headers[.contentType])
  }

  /// Reads a body that is within its limit, and not a byte more of one that is not.
  private func readBody(of request: Request) async throws -> [UInt8] {
    let limit = configuration.bodyLimit
    let tooLarge = RoostError(.tooLarge, "limit: \(limit)")
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
    var bytes: [UInt8] = []
    for try await chunk in request.body {
      guard bytes.count + chunk.readableBytes <= limit else { throw tooLarge }
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    return bytes
  }

  /// The registries that images come from here.
  var registries: [String] { Array(Set(manager.engineFacts.images.compactMap(\.reference.host))).sorted() }
}
