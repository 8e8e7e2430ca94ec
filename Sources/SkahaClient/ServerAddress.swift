import Foundation

/// Where a server is: the URL up to the version, and the version.
struct ServerAddress: Hashable, Sendable {
  /// Such as `http://127.0.0.1:8080/skaha`, without a slash at the end.
  let base: String
  let version: SkahaVersion

  /// Reads what people write: with or without `/skaha`, with or without `/v0` or `/v1`.
  ///
  /// - Throws: ``SkahaError`` that says what is wrong with `text`.
  init(_ text: String, version wanted: SkahaVersion?) throws(SkahaError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host, !host.isEmpty
    else { throw .badAddress(text, because: "it is not a URL") }
    guard scheme == "http" || scheme == "https" else { throw .badAddress(text, because: "only http and https work") }
    guard parts.query == nil, parts.fragment == nil, parts.user == nil, parts.password == nil else {
      throw .badAddress("\(scheme)://\(host)", because: "it may only have a scheme, a host, a port and a path")
    }
    var segments = parts.percentEncodedPath.split(separator: "/").map(String.init)
    let written = segments.last.flatMap(SkahaVersion.init(rawValue:))
    if written != nil { segments.removeLast() }
    if let wanted, let written, wanted != written {
      throw .badAddress(text, because: "its version is \(written.rawValue), but \(wanted.rawValue) was asked for")
    }
    if segments.isEmpty { segments = ["skaha"] }
    let port = parts.port.map { ":\($0)" } ?? ""
    base = "\(scheme)://\(parts.percentEncodedHost ?? host)\(port)/\(segments.joined(separator: "/"))"
    version = wanted ?? written ?? .v1
  }

  var isSecure: Bool { base.hasPrefix("https:") }
}

extension SkahaError {
  static func badAddress(_ text: String, because reason: String) -> SkahaError {
    SkahaError(
      .badRequest, "The server's address '\(text)' cannot be used: \(reason).",
      advice: "Write it like http://127.0.0.1:8080/skaha.")
  }
}
