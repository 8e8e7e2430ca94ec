import HTTPTypes
import Hummingbird
import SessionCore
import SessionManager
import Sessions

// What anybody may ask.
extension SkahaAPI {
  func openAnswer(_ request: Request, _ route: SkahaRoute) throws -> Answer {
    switch route {
    case .availability: try availability(request)
    case .capabilities: .xml(ServiceDocuments.capabilities(base: base(of: request)))
    default: .empty
    }
  }

  /// `detail=min` is for monitors: the status alone.
  private func availability(_ request: Request) throws -> Answer {
    // Anybody may ask, so why the engine does not answer is not told here.
    let isAvailable = manager.snapshot.engineTrouble == nil
    let parameters = try Parameters(query: request.uri.query, body: [], contentType: nil)
    if parameters["detail"]?.lowercased() == "min" {
      guard isAvailable else { throw RoostError(.unavailable, "The engine does not answer.") }
      return .empty
    }
    let note = isAvailable ? "Skaha service available (Roost)." : "The engine does not answer."
    return .xml(ServiceDocuments.availability(isAvailable: isAvailable, note: note))
  }

  /// The address that the client used, so that the addresses it is given work for it too.
  private func base(of request: Request) -> String {
    "http://\(request.head.authority ?? "localhost")/skaha"
  }
}
