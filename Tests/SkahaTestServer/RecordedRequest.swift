/// A request as it arrived, for tests that compare it with recordings.
public struct RecordedRequest: Sendable {
  public let method: String
  /// Path and query, exactly as sent.
  public let uri: String
  /// Names in lower case.
  public let headers: [String: String]
  public let body: String

  /// Method and target, as the first line of a recording has them.
  public var line: String { "\(method) \(uri)" }
  public var path: String { String(uri.prefix { $0 != "?" }) }
}

/// What the test server answers.
public struct Reply: Sendable {
  public var status: Int
  public var headers: [String: String]
  public var pieces: AsyncStream<String>

  public init(_ status: Int = 200, _ text: String = "", headers: [String: String] = [:]) {
    self.init(
      status, headers: headers,
      pieces: AsyncStream { continuation in
        if !text.isEmpty { continuation.yield(text) }
        continuation.finish()
      })
  }

  /// An answer whose body comes in pieces.
  public init(_ status: Int = 200, headers: [String: String] = [:], pieces: AsyncStream<String>) {
    self.status = status
    self.headers = headers
    self.pieces = pieces
  }
}
