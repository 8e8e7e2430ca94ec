/// One request of the Session API as a value, before it knows a server.
struct SkahaRequest: Equatable, Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  var method: Method = .get
  /// What follows the version, in segments that are not yet encoded.
  var path: [String]
  /// Names and values in the order in which they are sent.
  var query: [(name: String, value: String)] = []
  /// Whether the path stands behind `/v0` or `/v1`; `availability` does not.
  var isVersioned = true
  /// Whether the secret for a private image goes along.
  var carriesRegistryCredential = false

  /// The whole URL at `server`.
  func url(at server: ServerAddress) -> String {
    let segments = (isVersioned ? [server.version.rawValue] : []) + path
    let url = server.base + "/" + segments.map(FormEncoding.escapeSegment).joined(separator: "/")
    return query.isEmpty ? url : url + "?" + FormEncoding.encode(query)
  }

  static func == (left: Self, right: Self) -> Bool {
    left.method == right.method && left.path == right.path && left.isVersioned == right.isVersioned
      && left.carriesRegistryCredential == right.carriesRegistryCredential
      && left.query.elementsEqual(right.query) { $0.name == $1.name && $0.value == $1.value }
  }
}

extension SkahaRequest {
  /// `GET session`, with the filters in the order of the published clients.
  static func list(kind: SkahaSession.Kind?, status: String?, view: String?) -> SkahaRequest {
    let pairs = [("type", kind?.word), ("status", status), ("view", view)]
    return SkahaRequest(path: ["session"], query: pairs.compactMap { name, value in value.map { (name, $0) } })
  }

  /// `GET session/{id}`, as a whole or in one of its views.
  static func session(_ id: String, view: String? = nil) -> SkahaRequest {
    SkahaRequest(path: ["session", id], query: view.map { [("view", $0)] } ?? [])
  }

  static func delete(_ id: String) -> SkahaRequest { SkahaRequest(method: .delete, path: ["session", id]) }

  static func renew(_ id: String) -> SkahaRequest {
    SkahaRequest(method: .post, path: ["session", id], query: [("action", "renew")])
  }

  static func images(kind: SkahaSession.Kind?) -> SkahaRequest {
    SkahaRequest(path: ["image"], query: kind.map { [("type", $0.word)] } ?? [])
  }

  static let context = SkahaRequest(path: ["context"])
  static let repositories = SkahaRequest(path: ["repository"])
  static let availability = SkahaRequest(path: ["availability"], isVersioned: false)
}
