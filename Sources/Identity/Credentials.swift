import Sessions

/// What a new user is given, once. Roost keeps a digest of the token only.
public struct Credentials: Sendable {
  /// Opens every API as a bearer token.
  public let token: Secret
  /// Names the keypair that signs Backend.AI requests.
  public let accessKey: String
  /// Signs Backend.AI requests; kept by Roost as it is, since checking a signature needs it.
  public let secretKey: Secret

  /// Draws new credentials: 256 bits for the token, 240 for the secret key.
  public init(using generator: inout some RandomNumberGenerator) {
    token = Secret("roost_" + Self.letters(43, using: &generator))
    accessKey = "AKIA" + Self.letters(16, from: Self.upperCase, using: &generator)
    secretKey = Secret(Self.letters(40, using: &generator))
  }

  private static let upperCase = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
  private static let mixedCase = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

  private static func letters(
    _ count: Int, from alphabet: [Character] = mixedCase, using generator: inout some RandomNumberGenerator
  ) -> String {
    String((0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
  }
}
