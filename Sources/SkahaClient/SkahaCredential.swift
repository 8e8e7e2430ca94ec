/// How a client proves who it is. Printing one never shows the secret.
public enum SkahaCredential: Sendable, Hashable {
  /// A bearer token, sent with every request.
  case token(String)
  /// A PEM file that holds a certificate, its private key and, behind them, any issuers (such as `cadcproxy.pem`).
  ///
  /// It is shown in the TLS handshake, so it has no effect on a plain `http` server.
  case certificate(pemPath: String)
  /// No proof; enough for ``SkahaClient/availability()``.
  case none

  /// The value of `X-Skaha-Authentication-Type`, in the words of the published Python client.
  var authenticationType: String? {
    switch self {
    case .token: "token"
    case .certificate: "certificate"
    case .none: nil
    }
  }
}

extension SkahaCredential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String {
    switch self {
    case .token: "token(‹redacted›)"
    case .certificate(let path): "certificate(\(path))"
    case .none: "none"
    }
  }

  public var debugDescription: String { description }

  /// Without children, so that `dump` does not show the token either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A user name and secret for a private image, which the server passes to the image's registry.
public struct SkahaRegistryCredential: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  /// The user's name at the registry.
  public var username: String
  let secret: String

  /// Makes a credential for the registry that an image comes from.
  public init(username: String, secret: String) {
    self.username = username
    self.secret = secret
  }

  public var description: String { "\(username):‹redacted›" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
