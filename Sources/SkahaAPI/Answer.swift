import Foundation
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Sessions

/// What the dialect answers, before it becomes an HTTP response.
enum Answer: Sendable {
  case empty
  case text(String)
  case encodedJSON(Data)
  case xml(String)
  /// Opened when the answer is under way; `ifEmpty` is asked when nothing came.
  case stream(open: @Sendable () async -> AsyncThrowingStream<[UInt8], any Error>, ifEmpty: @Sendable () -> String)

  static func json(_ value: some Encodable) throws -> Answer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return .encodedJSON(try encoder.encode(value) + Data("\n".utf8))
  }
}

extension Answer {
  /// `application/json` exactly, and plain text as UTF-8 without saying so: that is what the original sends.
  var response: Response {
    switch self {
    case .empty: Response(status: .ok, headers: [.contentLength: "0"])
    case .text(let text): Self.response(text, "text/plain")
    case .xml(let text): Self.response(text, "text/xml")
    case .encodedJSON(let data): Self.response(ByteBuffer(bytes: data), "application/json")
    case .stream(let open, let ifEmpty): Self.response(open, ifEmpty: ifEmpty)
    }
  }

  private static func response(_ text: String, _ type: String) -> Response { response(ByteBuffer(string: text), type) }

  private static func response(_ body: ByteBuffer, _ type: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: type, .contentLength: String(body.readableBytes)],
      body: .init(byteBuffer: body))
  }

  /// A log that is followed would keep a server that is told to stop from stopping. It is broken off then, not ended, so
  /// that the client does not take it for the end of the session.
  private static func response(
    _ open: @escaping @Sendable () async -> AsyncThrowingStream<[UInt8], any Error>,
    ifEmpty: @escaping @Sendable () -> String
  ) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain"],
      body: .init { writer in
        var isEmpty = true
        for try await chunk in await open().cancelOnGracefulShutdown() where !chunk.isEmpty {
          isEmpty = false
          try await writer.write(ByteBuffer(bytes: chunk))
        }
        if Task.isShuttingDownGracefully { throw CancellationError() }
        let substitute = isEmpty ? ifEmpty() : ""
        if !substitute.isEmpty { try await writer.write(ByteBuffer(string: substitute)) }
        try await writer.finish(nil)
      })
  }
}
