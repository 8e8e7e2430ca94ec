/// Which of the two vocabularies a client speaks; they differ in words and in what is left out.
public enum SkahaVersion: String, Hashable, Sendable, CaseIterable {
  case v0
  case v1
}

/// Where a request goes. The paths are those of Skaha's `web.xml`, below `/skaha` and bare.
enum SkahaRoute: Hashable, Sendable {
  case root
  case availability
  case capabilities
  case sessions(SkahaVersion)
  case session(SkahaVersion, String)
  case apps(SkahaVersion, String)
  case app(SkahaVersion, String, String)
  case context(SkahaVersion)
  case images
  case repositories
  /// Below `session` and deeper than anything there is.
  case tooDeep(String)

  /// Finds the route for a path that has been split at its slashes and decoded; empty segments do not count.
  init?(segments: [String]) {
    var rest = segments[...]
    if rest.first == "skaha" { rest.removeFirst() }
    guard let first = rest.popFirst() else {
      guard !segments.isEmpty else { return nil }
      self = .root
      return
    }
    switch first {
    case "availability" where rest.isEmpty: self = .availability
    case "capabilities" where rest.isEmpty: self = .capabilities
    default:
      guard let version = SkahaVersion(rawValue: first) else { return nil }
      self.init(version, Array(rest))
    }
  }

  private init?(_ version: SkahaVersion, _ segments: [String]) {
    switch (segments.first, segments.count) {
    case ("session", 1): self = .sessions(version)
    case ("session", 2): self = .session(version, segments[1])
    case ("session", 3): self = .apps(version, segments[1])
    case ("session", 4): self = .app(version, segments[1], segments[3])
    case ("session", _): self = .tooDeep(segments.dropFirst().joined(separator: "/"))
    case ("context", _): self = .context(version)
    case ("image", _): self = .images
    case ("repository", _): self = .repositories
    default: return nil
    }
  }

  /// The methods that the route answers.
  var methods: [String] {
    switch self {
    case .root: ["GET", "HEAD"]
    case .availability: ["GET"]
    case .capabilities: ["GET", "HEAD"]
    case .sessions, .session, .apps, .app, .tooDeep: ["GET", "POST", "DELETE"]
    case .context, .images, .repositories: ["GET"]
    }
  }

  /// Whether it answers to anybody.
  var isPublic: Bool {
    switch self {
    case .root, .availability, .capabilities: true
    case .sessions, .session, .apps, .app, .context, .images, .repositories, .tooDeep: false
    }
  }
}
