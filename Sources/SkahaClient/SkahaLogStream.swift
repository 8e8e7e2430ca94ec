import AsyncHTTPClient
import NIOCore

/// A session's log in pieces as they arrive; ``lines`` puts them together to lines.
///
/// It can be read once. Breaking out of the loop, or cancelling the task, closes the connection.
public struct SkahaLogStream: AsyncSequence, Sendable {
  /// Bytes as they came; a piece may end within a line, or within a character.
  public typealias Element = [UInt8]
  /// What reading throws.
  public typealias Failure = SkahaError

  let body: HTTPClientResponse.Body
  let transport: Transport

  /// The log line by line, without line ends; bytes that are not UTF-8 become `�`.
  public var lines: Lines { Lines(stream: self) }

  public func makeAsyncIterator() -> Iterator { Iterator(body: body.makeAsyncIterator(), transport: transport) }

  /// Reads a log's pieces.
  public struct Iterator: AsyncIteratorProtocol {
    var body: HTTPClientResponse.Body.AsyncIterator
    let transport: Transport

    @concurrent public mutating func next() async throws(SkahaError) -> [UInt8]? {
      do { return try await body.next().map { Array($0.readableBytesView) } } catch {
        throw SkahaError(transport: error, server: transport.server, timeout: transport.options.timeout)
      }
    }
  }

  /// A log's lines.
  public struct Lines: AsyncSequence, Sendable {
    public typealias Element = String
    public typealias Failure = SkahaError

    let stream: SkahaLogStream

    public func makeAsyncIterator() -> Iterator { Iterator(pieces: stream.makeAsyncIterator()) }

    /// Reads a log's lines.
    public struct Iterator: AsyncIteratorProtocol {
      var pieces: SkahaLogStream.Iterator
      var splitter = LineSplitter()

      @concurrent public mutating func next() async throws(SkahaError) -> String? {
        while true {
          if let line = splitter.next() { return line }
          guard let piece = try await pieces.next() else { return splitter.finish() }
          splitter.append(piece)
        }
      }
    }
  }
}
