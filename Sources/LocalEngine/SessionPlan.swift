import Engine
import Sessions

/// What a supervisor is told about its session: the file `plan`.
struct SessionPlan: Sendable {
  /// Where home and image are bound for a user who cannot reach them; any directory does that sandboxes never show.
  static let stage = "/root"
  static let stagedHome = stage + "/home"
  static let stagedRoot = stage + "/root"

  var id: SessionID
  /// Whom the supervisor becomes; `nil` to stay who it is.
  var account: PosixAccount?
  var home: String
  /// The image's directory, if it must be staged.
  var root: String?
  var sandbox: Sandbox
  var command: [String]
  var environment: [String]
  var cgroups: SessionCgroups
  var logLimit: ByteCount
  /// The socket for hints, as seen from the session's directory.
  var events: String
  var accounts: AccountFiles

  /// Keys and values, each ended by a NUL byte.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    for (key, value) in fields { bytes += Array(key.utf8) + [0] + Array(value.utf8) + [0] }
    return bytes
  }

  private var fields: [(String, String)] {
    [("id", id.text), ("log-limit", "\(logLimit.bytes)"), ("events", events)] + accountFields
      + sandbox.arguments.map { ("sandbox", $0) } + command.map { ("command", $0) }
      + environment.map { ("environment", $0) }
      + [
        ("data.\(Sandbox.Descriptor.accounts)", accounts.passwd), ("data.\(Sandbox.Descriptor.groups)", accounts.group),
      ] + cgroupFields
  }

  private var accountFields: [(String, String)] {
    guard let account else { return [] }
    let staged = [("stage", Self.stage), ("home", home)] + (root.map { [("root", $0)] } ?? [])
    return [("uid", "\(account.uid)"), ("gid", "\(account.gid)")] + staged
  }

  private var cgroupFields: [(String, String)] {
    [("cgroup-version", "\(cgroups.version)")] + cgroups.directories.map { ("cgroup", $0) }
      + cgroups.limits.map { ("limit", "\($0.path)\n\($0.value)") }
      + cgroups.preferences.map { ("preference", "\($0.path)\n\($0.value)") }
      + (cgroups.memory.map { [("memory-cgroup", $0)] } ?? []) + (cgroups.cpu.map { [("cpu-cgroup", $0)] } ?? [])
  }
}

/// The lists of accounts that a session sees: its own, the administrator's, and that of nobody.
struct AccountFiles: Hashable, Sendable {
  var passwd: String
  var group: String

  init(_ account: PosixAccount, home: String) {
    passwd = """
      root:x:0:0:root:/root:/usr/sbin/nologin
      \(account.name):x:\(account.uid):\(account.gid)::\(home):\(SessionEnvironment.shell)
      nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin

      """
    group = """
      root:x:0:
      \(account.name):x:\(account.gid):
      nogroup:x:65534:

      """
  }
}
