extension SkahaSession {
  /// What a session is for. Kinds that this library does not know are kept as the server wrote them.
  public enum Kind: Hashable, Sendable {
    /// A batch job without a user interface.
    case headless
    case notebook
    case desktop
    case carta
    case contributed
    case firefly
    case desktopApp
    /// Anything else, in the server's word.
    case other(String)
  }
}

extension SkahaSession.Kind: CaseIterable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The kinds that are known.
  public static let allCases: [Self] = [.headless, .notebook, .desktop, .carta, .contributed, .firefly, .desktopApp]

  /// The kind called `word`, in any case.
  public init(_ word: some StringProtocol) {
    let wanted = word.lowercased()
    self = Self.allCases.first { $0.word == wanted } ?? .other(String(word))
  }

  public init(stringLiteral value: String) { self.init(value) }

  /// The word of the Session API.
  public var word: String {
    switch self {
    case .headless: "headless"
    case .notebook: "notebook"
    case .desktop: "desktop"
    case .carta: "carta"
    case .contributed: "contributed"
    case .firefly: "firefly"
    case .desktopApp: "desktop-app"
    case .other(let word): word
    }
  }

  public var description: String { word }
}
