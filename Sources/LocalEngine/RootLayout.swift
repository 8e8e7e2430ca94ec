import Glibc

/// What of an image's root directory a session sees.
struct RootLayout: Hashable, Sendable {
  /// A name directly below the root, or below `/var`.
  struct Entry: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case directory
      case link(to: String)
    }
    var name: String
    var kind: Kind
  }

  /// The directory as the builder of the sandbox reaches it.
  var source: String
  var entries: [Entry]
  var varEntries: [Entry]
  /// The accounts that the image brings, which the session's own take the place of.
  var accountFiles: Set<String>

  static let hostRoot = "/"

  /// Names that a session has its own of, or none; they are never taken from an image.
  static let own: Set<String> = [
    "arc", "boot", "dev", "home", "lost+found", "media", "mnt", "proc", "root", "run", "scratch", "sys", "tmp", "var",
  ]
  /// Of the host itself only what holds programs, so that data of the machine's other users does not come along.
  static let ofHost: Set<String> = ["bin", "etc", "opt", "sbin", "usr"]
  static let ofHostVar: Set<String> = ["cache", "lib"]
  static let ownVar: Set<String> = ["lock", "run", "tmp"]

  /// Whether an entry directly below the root is shown.
  static func isShown(_ name: String, ofHost isHost: Bool) -> Bool {
    isHost ? ofHost.contains(name) || name.hasPrefix("lib") : !own.contains(name)
  }

  static func isShownInVar(_ name: String, ofHost isHost: Bool) -> Bool {
    isHost ? ofHostVar.contains(name) : !ownVar.contains(name)
  }

  /// Looks at the directory `root`; `source` is where the sandbox's builder finds it.
  static func read(root: String, source: String) throws(SystemFailure) -> RootLayout {
    let isHost = root == hostRoot
    let prefix = isHost ? "" : root
    let all = try entries(in: isHost ? "/" : root).filter { isShown($0.name, ofHost: isHost) }
    let inVar = (try? entries(in: prefix + "/var")) ?? []
    return RootLayout(
      source: source, entries: all, varEntries: inVar.filter { isShownInVar($0.name, ofHost: isHost) },
      accountFiles: Set(["passwd", "group"].filter { Files.exists("\(prefix)/etc/\($0)") }))
  }

  private static func entries(in path: String) throws(SystemFailure) -> [Entry] {
    try Files.names(in: path).sorted().compactMap { name in
      let full = path == "/" ? "/\(name)" : "\(path)/\(name)"
      if let target = Files.linkTarget(full) { return Entry(name: name, kind: .link(to: target)) }
      return Files.isDirectory(full) ? Entry(name: name, kind: .directory) : nil
    }
  }
}
