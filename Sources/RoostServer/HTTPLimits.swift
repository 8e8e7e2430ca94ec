import HummingbirdCore
import NIOCore

/// What a client may send, and how long it may take.
enum HTTPLimits {
  /// Bytes of the request line and all headers: environment variables travel in the query, so the line may be long.
  static let headers = 128 * 1024

  static var channel: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      additionalChannelHandlers: [RefusalHandler()], idleTimeout: .seconds(120),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: headers, maxHeaderListSize: headers, maxHeaderFieldCount: 200))
  }
}
