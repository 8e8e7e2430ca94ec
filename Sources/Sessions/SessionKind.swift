/// What a session is for. The raw values are the words of the Skaha API.
public enum SessionKind: String, Hashable, Sendable, Codable, CaseIterable {
  case headless
  case notebook
  case desktop
  case carta
  case contributed
  case firefly
  case desktopApp = "desktop-app"

  /// Whether a person works in it through a browser.
  public var isInteractive: Bool { self != .headless && self != .desktopApp }

  /// Finds the kind called `word`, in any case and with blanks around it.
  public init?(word: some StringProtocol) {
    let wanted = word.lowercased().split(separator: " ").joined(separator: " ")
    self.init(rawValue: wanted)
  }
}
