import Sessions

/// The words for a session's state in each version, and which of them mean the same.
enum StatusWord {
  static func word(for state: SessionState, _ version: SkahaVersion) -> String {
    switch state {
    case .pending, .scheduled, .preparing: "Pending"
    case .running: "Running"
    case .terminating: "Terminating"
    case .terminated(let outcome) where outcome.isSuccess: version == .v0 ? "Succeeded" : "Completed"
    case .terminated, .cancelled: "Failed"
    case .error: version == .v0 ? "Error" : "Failed"
    }
  }

  /// Whether a session in `state` is asked for by `filter`. `Succeeded` and `Completed` mean the same, and so do
  /// `Error` and `Failed`; a word that is not known asks for nothing.
  static func matches(_ state: SessionState, filter: String) -> Bool {
    canonical(word(for: state, .v1)) == canonical(filter)
  }

  private static func canonical(_ word: String) -> String {
    switch word.lowercased() {
    case "succeeded": "completed"
    case "error": "failed"
    case let other: other
    }
  }
}
