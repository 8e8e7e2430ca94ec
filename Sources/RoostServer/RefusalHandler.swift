import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Refuses without reading on: answers headers that cannot be taken, and closes the connection behind an answer that says
/// `Connection: close`.
///
/// Hummingbird would read a refused body to its end before it took the next request, and a body need not have an end. Here
/// reading stops, what was answered goes out, and a moment later the connection closes: closing at once would make the
/// kernel send a reset, which can overtake the answer.
final class RefusalHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var isAnswering = false
  private var closesAfterAnswer = false
  private var isClosing = false

  private static let timeToReadTheAnswer = TimeAmount.seconds(1)

  func read(context: ChannelHandlerContext) {
    if !isClosing { context.read() }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let response):
      isAnswering = true
      closesAfterAnswer = response.headerFields[.connection]?.lowercased() == "close"
      context.write(data, promise: promise)
    case .body:
      context.write(data, promise: promise)
    case .end:
      isAnswering = false
      context.write(data, promise: promise)
      if closesAfterAnswer { closeSoon(context) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError, !isAnswering, !isClosing else {
      context.fireErrorCaught(error)
      return
    }
    let (status, sentence) = Self.refusal(of: error)
    let body = ByteBuffer(string: sentence + "\n")
    let head = HTTPResponse(
      status: status,
      headerFields: [.connection: "close", .contentType: "text/plain", .contentLength: String(body.readableBytes)])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(body)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    closeSoon(context)
  }

  private static func refusal(of error: HTTPParserError) -> (HTTPResponse.Status, String) {
    error == .headerOverflow
      ? (
        .requestHeaderFieldsTooLarge,
        "The request line and headers have more than \(HTTPLimits.headers >> 10) KiB, or there are more than \(HTTPLimits.headerCount)."
      )
      : (.badRequest, "This is not HTTP/1.1: \(error)")
  }

  private func closeSoon(_ context: ChannelHandlerContext) {
    isClosing = true
    context.flush()
    let channel = context.channel
    channel.close(mode: .output, promise: nil)
    context.eventLoop.scheduleTask(in: Self.timeToReadTheAnswer) { channel.close(promise: nil) }
  }
}
