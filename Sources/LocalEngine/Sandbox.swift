/// How a session's sandbox is built: the arguments of bubblewrap, as a function of what the sandbox is to be.
struct Sandbox: Sendable {
  /// Numbers of open files that the supervisor hands to bubblewrap.
  enum Descriptor {
    static let program = 6
    static let accounts = 10
    static let groups = 11
  }

  var bubblewrap: String
  /// Whether this bubblewrap can forbid further user namespaces.
  var forbidsUserNamespaces: Bool
  /// The ids that the session sees, if they are not those that it runs as.
  var mappedAccount: (uid: UInt32, gid: UInt32)?
  var hostName: String
  var layout: RootLayout
  /// Where bubblewrap finds the home directory, and where the session does.
  var homeSource: String
  var home: String
  var share: [String]
  /// Paths inside the sandbox that are covered up.
  var covers: [String]

  var arguments: [String] {
    [bubblewrap] + isolation + rootArguments + varArguments + ownArguments + accountArguments
      + share.flatMap { ["--ro-bind-try", $0, $0] } + homeArguments
      + covers.flatMap { ["--perms", "0000", "--tmpfs", $0, "--remount-ro", $0] }
      + ["--remount-ro", "/", "--chdir", home, "--", "/proc/self/fd/\(Descriptor.program)", "exec"]
  }

  /// Paths inside the sandbox that show something of the host.
  var shown: [String] {
    layout.entries.filter { $0.kind == .directory }.map { "/" + $0.name }
      + layout.varEntries.filter { $0.kind == .directory }.map { "/var/" + $0.name } + share
  }

  private var isolation: [String] {
    let namespaces = ["user", "pid", "ipc", "uts", "net"].map { "--unshare-\($0)" }
    let mapping = mappedAccount.map { ["--uid", "\($0.uid)", "--gid", "\($0.gid)"] } ?? []
    return ["--die-with-parent", "--new-session", "--as-pid-1"] + namespaces
      + (forbidsUserNamespaces ? ["--disable-userns"] : []) + mapping + ["--hostname", hostName]
  }

  private var prefix: String { layout.source == "/" ? "" : layout.source }

  private var rootArguments: [String] { layout.entries.flatMap { show($0, at: "") } }

  private var varArguments: [String] {
    directory("/var", "0755", isWritable: true) + layout.varEntries.flatMap { show($0, at: "/var") }
      + directory("/var/tmp", "1777") + ["--symlink", "/run", "/var/run"]
  }

  private var ownArguments: [String] {
    ["--proc", "/proc", "--dev", "/dev"] + directory("/tmp", "1777", isWritable: true)
      + directory("/run", "0755", isWritable: true) + directory("/scratch", "0755", isWritable: true)
  }

  private var accountArguments: [String] {
    let hasEtc = layout.entries.contains { $0.name == "etc" }
    let files = [("passwd", Descriptor.accounts), ("group", Descriptor.groups)]
    return files.filter { !hasEtc || layout.accountFiles.contains($0.0) }
      .flatMap { ["--ro-bind-data", "\($0.1)", "/etc/\($0.0)"] }
  }

  private var homeArguments: [String] {
    directory("/arc", "0755") + directory("/arc/home", "0755") + ["--bind", homeSource, home]
  }

  private func show(_ entry: RootLayout.Entry, at parent: String) -> [String] {
    let path = "\(parent)/\(entry.name)"
    switch entry.kind {
    case .directory: return ["--ro-bind", prefix + path, path]
    case .link(let target): return ["--symlink", target, path]
    }
  }

  private func directory(_ path: String, _ mode: String, isWritable: Bool = false) -> [String] {
    ["--perms", mode, isWritable ? "--tmpfs" : "--dir", path]
  }
}
