/// Something that Roost refuses or fails to do, in terms its users know.
public struct RoostError: Error, Hashable, Sendable, CustomStringConvertible {
  public var code: Code
  /// What was wrong, where, and what to do, in a sentence.
  public var message: String
  /// The parameter that was at fault, if one was.
  public var field: String?
  /// When trying again may help.
  public var retryAfter: Duration?

  public init(_ code: Code, _ message: String, field: String? = nil, retryAfter: Duration? = nil) {
    self.code = code
    self.message = message
    self.field = field
    self.retryAfter = retryAfter
  }

  public var description: String { message }

  /// What sort of failure it is. Stable: programs decide by it.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case invalidArgument = "invalid_argument"
    case unauthenticated
    case forbidden
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case conflict
    case tooLarge = "too_large"
    case quotaExceeded = "quota_exceeded"
    case unavailable
    case `internal`
  }
}

extension RoostError.Code {
  /// The HTTP status, where a dialect does not say otherwise (RFC 9110; RFC 6585 for 429).
  public var httpStatus: Int {
    switch self {
    case .invalidArgument: 400
    case .unauthenticated: 401
    case .forbidden: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .conflict: 409
    case .tooLarge: 413
    case .quotaExceeded: 429
    case .internal: 500
    case .unavailable: 503
    }
  }

  /// The exit status of the command line.
  public var exitStatus: Int32 {
    switch self {
    case .invalidArgument, .methodNotAllowed, .tooLarge: 2
    case .unauthenticated, .forbidden: 4
    case .quotaExceeded: 5
    case .notFound: 6
    case .conflict, .unavailable, .internal: 1
    }
  }
}
