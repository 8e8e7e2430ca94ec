import Glibc
import HummingbirdCore
import NIOCore

/// What a client may send, and how long it may take.
enum HTTPLimits {
  /// Bytes of the request line and all headers: environment variables travel in the query, so the line may be long.
  static let headers = 128 * 1024

  static let headerCount = 200

  /// Connections at once: half of the files that the process may open, so that the other half is left to do the work with.
  static var connections: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 512 }
    return min(8192, Int(clamping: limit.rlim_cur) / 2)
  }

  static var channel: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      additionalChannelHandlers: [RefusalHandler()], idleTimeout: .seconds(120),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: headers, maxHeaderListSize: headers, maxHeaderFieldCount: headerCount))
  }
}
