import Engine
import HTTPTypes
import SessionCore
import SessionManager
import Sessions

// What can be asked for, and the desktop-app sub-resource.
extension Call {
  func context(_ version: SkahaVersion) throws -> Answer {
    try .json(
      options().context(version, interactiveSessions: manager.settings.policy.interactiveSessions))
  }

  func images() throws -> Answer {
    let images = manager.engineFacts.images
    guard let type = parameters["type"] else { return try .json(images.map(ImageObject.init)) }
    guard let kind = SessionKind(rawValue: type) else {
      throw RoostError(.invalidArgument, "unknown type: \(type.prefix(80))", field: "type")
    }
    return try .json(images.filter { $0.kinds.contains(kind) }.map(ImageObject.init))
  }

  /// Desktop applications are started by a desktop session alone, and this server runs none: there are never any.
  func apps(of id: String, _ method: HTTPRequest.Method) async throws -> Answer {
    switch method {
    case .post:
      guard parameters["image"] != nil else {
        throw RoostError(.invalidArgument, "Missing parameter 'image'", field: "image")
      }
      _ = try await session(id)
      throw RoostError(.invalidArgument, "This server runs no desktop applications.")
    case .delete: throw RoostError(.invalidArgument, "Missing app ID")
    default:
      _ = try await session(id)
      return try .json([String]())
    }
  }

  func app(_ app: String, of id: String, _ method: HTTPRequest.Method) async throws -> Answer {
    guard method != .post else { throw RoostError(.invalidArgument, "Cannot modify an existing app.") }
    throw RoostError(.notFound, "desktop app with session \(id) and app ID \(app) was not found")
  }
}

/// An image as `GET /image` lists it.
private struct ImageObject: Encodable {
  let id: String
  let types: [String]
  let digest: String

  init(_ image: Image) {
    id = image.reference.description
    types = image.kinds.map(\.rawValue)
    digest = image.digest
  }
}
