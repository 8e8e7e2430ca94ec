import HummingbirdCore
import NIOCore

/// What a client may send, and how long it may take.
enum HTTPLimits {
  /// Environment variables travel in the query string, so the request line may be long; 128 KiB for it and the headers.
  static var channel: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      idleTimeout: .seconds(120),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 128 * 1024, maxHeaderListSize: 128 * 1024, maxHeaderFieldCount: 200))
  }
}
