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
    let response = await answer(request)
    context.logger.debug(
      "Answered",
      metadata: [
        "http.method": "\(request.method)", "http.path": "\(request.uri.path)",
        "http.status": "\(response.status.code)",
        "duration": "\(ContinuousClock.now - started)",
      ])
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
    guard let trouble = manager.snapshot.engineTrouble else { return Self.plain(.ok, "ok") }
    return Self.plain(.serviceUnavailable, "the engine does not answer: \(trouble)")
  }

  private static let nothingHere = "There is nothing at this path. The Skaha session API is at /skaha/v1 and /skaha/v0."

  private static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
    let body = ByteBuffer(string: text + "\n")
    return Response(
      status: status, headers: [.contentType: "text/plain", .contentLength: String(body.readableBytes)],
      body: .init(byteBuffer: body))
  }
}
