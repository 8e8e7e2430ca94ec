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
    let trouble = manager.snapshot.engineTrouble
    let parameters = try Parameters(query: request.uri.query, body: [], contentType: nil)
    if parameters["detail"]?.lowercased() == "min" {
      if let trouble { throw RoostError(.unavailable, "The engine does not answer: \(trouble)") }
      return .empty
    }
    let note = trouble.map { "The engine does not answer: \($0)" } ?? "Skaha service available (Roost)."
    return .xml(ServiceDocuments.availability(isAvailable: trouble == nil, note: note))
  }

  /// The address that the client used, so that the addresses it is given work for it too.
  private func base(of request: Request) -> String {
    "http://\(request.head.authority ?? "localhost")/skaha"
  }
}
