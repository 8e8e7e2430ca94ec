/// What went wrong with one request, in words for a person and in a form for a program.
public struct SkahaError: Error, Hashable, Sendable {
  /// What sort of failure it is; decide by this.
  public let kind: Kind
  /// The HTTP status, if the server answered at all.
  public let status: Int?
  /// What was wrong: the server's own sentence where it sent one.
  public let message: String
  /// What to do about it.
  public let advice: String
  /// When the server asks to be tried again (`Retry-After`).
  public let retryAfter: Duration?

  /// The sorts of failure.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The request itself is wrong; sending it again will not help.
    case badRequest
    /// No proof of identity, or one that the server does not accept.
    case unauthenticated
    /// The server knows who asks and refuses.
    case forbidden
    /// There is no such session, image or path, or it is somebody else's.
    case notFound
    /// It exists already, or its state does not allow this.
    case conflict
    /// A limit of the user or the group is reached.
    case quota
    /// The server cannot do it now; see ``SkahaError/retryAfter``.
    case unavailable
    /// The server failed (5xx).
    case server
    /// No answer: the network, TLS, or a timeout.
    case transport
    /// An answer that is not what a Skaha server sends.
    case invalidAnswer
    /// The task that asked was cancelled.
    case cancelled
  }

  /// Makes an error, also for programs that test how they take one.
  public init(
    _ kind: Kind, _ message: String, advice: String, status: Int? = nil, retryAfter: Duration? = nil
  ) {
    self.kind = kind
    self.message = message
    self.advice = advice
    self.status = status
    self.retryAfter = retryAfter
  }
}

extension SkahaError: CustomStringConvertible {
  /// The message and the advice, in one line.
  public var description: String {
    guard !advice.isEmpty else { return message }
    let isSentence = message.last.map { ".!?…".contains($0) } ?? true
    return message + (isSentence ? " " : ". ") + advice
  }
}

extension SkahaError {
  static let cancelled = SkahaError(.cancelled, "The request was cancelled.", advice: "")

  static func badParameter(_ message: String, advice: String) -> SkahaError {
    SkahaError(.badRequest, message, advice: advice)
  }

  static func invalidAnswer(_ message: String, status: Int? = nil) -> SkahaError {
    SkahaError(
      .invalidAnswer, message, advice: "Check that the URL is that of a Skaha server, up to /skaha.", status: status)
  }
}
