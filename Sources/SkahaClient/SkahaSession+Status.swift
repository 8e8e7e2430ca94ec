extension SkahaSession {
  /// Where a session stands. `Succeeded` and `Completed` are one status under two names, as are `Error` and `Failed`.
  public enum Status: Hashable, Sendable {
    /// It waits, or is being prepared.
    case pending
    case running
    /// It was asked to stop.
    case terminating
    /// It ended by itself, well.
    case completed
    /// It ended badly, or could not be run.
    case failed
    /// Anything else, in the server's word.
    case other(String)
  }
}

extension SkahaSession.Status: CaseIterable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The statuses that are known.
  public static let allCases: [Self] = [.pending, .running, .terminating, .completed, .failed]

  /// The status called `word`, in any case and under either name.
  public init(_ word: some StringProtocol) {
    switch word.lowercased() {
    case "succeeded": self = .completed
    case "error": self = .failed
    case let wanted: self = Self.allCases.first { $0.word.lowercased() == wanted } ?? .other(String(word))
    }
  }

  public init(stringLiteral value: String) { self.init(value) }

  /// The word of today's servers.
  public var word: String { word(in: .v1) }

  /// The word that a server of `version` uses; version 0 says `Succeeded` where version 1 says `Completed`.
  public func word(in version: SkahaVersion) -> String {
    switch self {
    case .pending: "Pending"
    case .running: "Running"
    case .terminating: "Terminating"
    case .completed: version == .v0 ? "Succeeded" : "Completed"
    case .failed: "Failed"
    case .other(let word): word
    }
  }

  /// Whether nothing more will happen to the session.
  public var isFinal: Bool { self == .completed || self == .failed }

  public var description: String { word }
}
