import HTTPTypes
import Hummingbird
import SessionCore
import SessionManager

// What anybody may ask.
extension SkahaAPI {
  func openAnswer(_ request: Request, _ route: SkahaRoute) -> Answer {
    switch route {
    case .availability: availability(request)
    case .capabilities: .xml(ServiceDocuments.capabilities(base: base(of: request)))
    default: .empty
    }
  }

  private func availability(_ request: Request) -> Answer {
    let trouble = manager.snapshot.engineTrouble
    let note = trouble.map { "The engine does not answer: \($0)" } ?? "Skaha service available (Roost)."
    return .xml(ServiceDocuments.availability(isAvailable: trouble == nil, note: note))
  }

  /// The address that the client used, so that the addresses it is given work for it too.
  private func base(of request: Request) -> String {
    "http://\(request.head.authority ?? "localhost")/skaha"
  }
}
