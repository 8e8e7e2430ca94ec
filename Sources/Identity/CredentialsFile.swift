public import Foundation

/// The file that tells a client where a server is and how to get in: `credentials.json`.
public struct CredentialsFile: Codable, Hashable, Sendable {
  /// The server's base, such as `http://127.0.0.1:8080`.
  public var url: String
  public var user: String
  public var token: String
  public var accessKey: String
  public var secretKey: String

  public init(url: String, user: UserName, credentials: Credentials) {
    self.url = url
    self.user = user.text
    token = credentials.token.reveal()
    accessKey = credentials.accessKey
    secretKey = credentials.secretKey.reveal()
  }

  /// The file's text, with its keys in alphabetical order.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  public init(json: Data) throws { self = try JSONDecoder().decode(Self.self, from: json) }
}
