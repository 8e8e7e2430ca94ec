import HTTPTypes
import Hummingbird
import Sessions

/// An error as Skaha says it: one line of plain text.
enum ErrorAnswer {
  /// - Parameter methods: what the path answers to, for a client that tried another.
  static func response(_ error: RoostError, allowing methods: [String]) -> Response {
    let body = ByteBuffer(string: oneLine(error.message) + "\n")
    var headers: HTTPFields = [.contentType: "text/plain", .contentLength: String(body.readableBytes)]
    if error.code == .methodNotAllowed { headers[.allow] = methods.joined(separator: ", ") }
    if error.code == .tooLarge { headers[.connection] = "close" }
    if error.code == .unauthenticated { headers[.wwwAuthenticate] = "Bearer" }
    if let delay = error.retryAfter { headers[.retryAfter] = String(delay.components.seconds) }
    return Response(status: .init(code: status(of: error.code)), headers: headers, body: .init(byteBuffer: body))
  }

  /// The status that the original has for a code where it differs from Roost's: a quota that is used up is a 400.
  static func status(of code: RoostError.Code) -> Int { code == .quotaExceeded ? 400 : code.httpStatus }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
