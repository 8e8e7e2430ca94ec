extension SkahaError {
  /// The longest sentence that is taken over from a server, in characters.
  static let maximumMessageLength = 2000

  /// Reads an answer that is not a success: the status decides, but for quotas, which Skaha servers refuse with 400.
  static func refused(status: Int, body: String, retryAfter: String? = nil) -> SkahaError {
    let kind = Self.kind(status: status, body: body)
    let sentence = presentable(body)
    return SkahaError(
      kind, sentence.isEmpty ? "The server answered \(status) without a reason." : sentence, advice: advice(for: kind),
      status: status, retryAfter: retryAfter.flatMap { Int($0) }.flatMap { $0 >= 0 ? .seconds($0) : nil })
  }

  private static func kind(status: Int, body: String) -> Kind {
    if (400..<500).contains(status), status != 401, status != 404, isAboutQuota(body) { return .quota }
    return switch status {
    case 300..<400: .invalidAnswer
    case 401: .unauthenticated
    case 403: .forbidden
    case 404, 410: .notFound
    case 409, 412, 423: .conflict
    case 429, 502, 503, 504: .unavailable
    case 400..<500: .badRequest
    case 500..<600: .server
    default: .invalidAnswer
    }
  }

  /// `User U has reached the maximum of N active sessions.` is the sentence of the original server.
  private static func isAboutQuota(_ body: String) -> Bool {
    let text = body.lowercased()
    return text.contains("reached the maximum of") || text.contains("quota")
  }

  private static func advice(for kind: Kind) -> String {
    switch kind {
    case .badRequest, .server, .cancelled: ""
    case .unauthenticated: "Give a token or certificate that this server accepts."
    case .forbidden: "Ask the server's operators for access."
    case .notFound: "List your sessions to see which exist; finished ones are kept for a limited time."
    case .conflict: "Look at the session's state and try again."
    case .quota: "End a session that you no longer need, or ask for less."
    case .unavailable: "Try again later."
    case .transport: "Check the server's address and your network."
    case .invalidAnswer: "Check the server's address: Skaha servers never redirect."
    }
  }

  /// Drops control characters, so that a server cannot drive the terminal that shows its sentence.
  static func presentable(_ text: String) -> String {
    let kept = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
    let sentence = kept.split(separator: " ").joined(separator: " ")
    return sentence.count > maximumMessageLength ? sentence.prefix(maximumMessageLength) + "…" : sentence
  }
}
