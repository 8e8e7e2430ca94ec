import Crypto

/// What is kept of a token: enough to recognise it, too little to use it.
///
/// A plain SHA-256 suffices: tokens are 256 random bits, which no dictionary holds.
public struct TokenDigest: Hashable, Sendable {
  /// 32 bytes.
  public let bytes: [UInt8]

  public init(of token: Secret) { bytes = Array(SHA256.hash(data: Array(token.reveal().utf8))) }
}
