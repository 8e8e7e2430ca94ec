import Glibc

/// Finds what must be covered up in a sandbox, so that nobody sees the manager's files.
enum HiddenDirectories {
  /// The paths inside the sandbox that lie below something it shows. `directories` are what is secret, without symbolic
  /// links; `root` is the image's directory; `shown` is what the sandbox shows, as paths inside it.
  static func covers(_ directories: [String], root: String, shown: [String]) -> [String] {
    let inside = directories.compactMap { directory -> String? in
      if root == "/" { return directory }
      return directory.hasPrefix(root + "/") ? String(directory.dropFirst(root.count)) : nil
    }
    let visible = inside.filter { path in shown.contains { path == $0 || path.hasPrefix($0 + "/") } }
    return Set(visible).sorted().filter { path in !visible.contains { path.hasPrefix($0 + "/") } }
  }

  /// The secret directory that showing `path` would show, or that `path` lies in; all without symbolic links.
  static func conflict(of path: String, with directories: [String]) -> String? {
    directories.first { secret in
      secret == path || secret.hasPrefix(path + "/") || path.hasPrefix(secret + "/")
    }
  }

  /// The first directory on the way to `path` that others cannot enter, or `path` itself: covering that up hides as
  /// much, and the sandbox's builder, who is such an other, gets no further.
  static func reachable(_ path: String, isOpen: (String) -> Bool) -> String {
    var current = ""
    for name in path.split(separator: "/") {
      current += "/" + name
      if !isOpen(current) { return current }
    }
    return path
  }

  /// Whether everybody may go through a directory.
  static func isOpenToAll(_ path: String) -> Bool {
    guard let status = try? Files.status(path) else { return true }
    return status.st_mode & S_IXOTH != 0
  }
}
