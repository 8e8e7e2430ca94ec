import HTTPTypes
import Hummingbird
import Identity
import Journal
import Logging
import SessionCore
import SessionManager
import Sessions
import SkahaAPI

/// Answers every request: finds out who makes it, and hands it to the dialect whose path it is.
struct RoostResponder: HTTPResponder {
  let gate: Gate
  let skaha: SkahaAPI
  let manager: SessionManager

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    let started = ContinuousClock.now
    let response = finished(await answer(request), to: request)
    context.logger.debug(
      "Answered",
      metadata: [
        "http.method": "\(request.method)", "http.path": "\(request.uri.path)",
        "http.status": "\(response.status.code)",
        "duration": "\(ContinuousClock.now - started)",
      ])
    return response
  }

  /// What holds for every answer: none to HEAD has a body, and one that was given without reading the request's body
  /// closes the connection, since that body need not have an end.
  private func finished(_ response: Response, to request: Request) -> Response {
    var response = request.method == .head ? response.createHeadResponse() : response
    let hasBody = request.headers[.transferEncoding] != nil || (request.headers[.contentLength] ?? "0") != "0"
    let mayBeUnread =
      response.status.code >= 400 || request.headers[.authorization] == nil || request.uri.path == "/healthz"
    if hasBody, mayBeUnread { response.headers[.connection] = "close" }
    return response
  }

  private func answer(_ request: Request) async -> Response {
    if request.uri.path == "/healthz" { return health }
    do {
      let principal = try await gate.principal(of: request.headers)
      return await skaha.respond(to: request, principal: principal) ?? Self.plain(.notFound, Self.nothingHere)
    } catch {
      return Self.plain(.serviceUnavailable, error.description)
    }
  }

  /// For load balancers: whether the process serves, and whether its engine answers.
  private var health: Response {
    manager.snapshot.engineTrouble == nil
      ? Self.plain(.ok, "ok")
      : Self.plain(.serviceUnavailable, "The engine does not answer; the server's log says why.")
  }

  private static let nothingHere = "There is nothing at this path. The Skaha session API is at /skaha/v1 and /skaha/v0."

  private static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
    let body = ByteBuffer(string: text + "\n")
    return Response(
      status: status, headers: [.contentType: "text/plain", .contentLength: String(body.readableBytes)],
      body: .init(byteBuffer: body))
  }
}
