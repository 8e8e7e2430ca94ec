import HTTPTypes
import Identity
import Journal
import Sessions

/// Finds out who makes a request. Every request passes here before anything else looks at it.
struct Gate: Sendable {
  let journal: Journal

  /// The longest `Authorization` header that is looked at.
  private static let maximumLength = 4096

  /// The principal of a request; `nil` if it carries no credential, or one that is nobody's: from outside these cannot be
  /// told apart.
  func principal(of headers: HTTPFields) async throws(JournalError) -> Principal? {
    guard let token = Self.bearerToken(headers[.authorization]) else { return nil }
    return try await journal.user(presenting: TokenDigest(of: token)).map(Principal.init)
  }

  /// The token of `Authorization: Bearer TOKEN` (RFC 6750); the scheme's name is matched in any case.
  static func bearerToken(_ header: String?) -> Secret? {
    guard let header, header.utf8.count <= maximumLength else { return nil }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    let token = parts[1].drop { $0 == " " }
    return token.isEmpty ? nil : Secret(String(token))
  }
}
