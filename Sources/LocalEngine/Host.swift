import Engine
import Glibc

/// What the engine found out about the machine when it was opened.
struct Host: Sendable {
  /// Whether sessions can run as their own users, under limits of their own.
  var isRoot: Bool
  var userName: String
  var bubblewrap: Bubblewrap
  var cgroups: CgroupLayout
  var cgroupSetup: CgroupSetup
  var facts: HostFacts
  /// Directories that no sandbox shows, without symbolic links.
  var hidden: [String]

  /// Sentences about what sessions are not kept from here.
  var limitations: [String] {
    let shared =
      "All sessions run as the same system user, \(userName), as this server does not run as root;"
      + " only their sandboxes keep them apart."
    return (isRoot ? [] : [shared]) + cgroups.limitations
  }

  static func examine(_ configuration: LocalEngineConfiguration) throws(EngineError) -> Host {
    let bubblewrap = try Bubblewrap.find()
    guard access(configuration.supervisor, X_OK) == 0 else {
      throw EngineError(
        "The program \(configuration.supervisor) is missing or not executable; it belongs beside the server's own.",
        isRetryable: false)
    }
    let mounts = CgroupMounts(
      mountInfo: Files.text("/proc/self/mountinfo") ?? "", membership: Files.text("/proc/self/cgroup") ?? "")
    let instance = configuration.instance ?? InstanceName.make(for: Files.resolved(configuration.directory))
    let secret = [configuration.directory, configuration.homesDirectory] + configuration.hiddenDirectories
    let setup = CgroupSetup(mounts: mounts, name: "roost/\(instance)")
    return Host(
      isRoot: geteuid() == 0, userName: nameOfThisUser(), bubblewrap: bubblewrap,
      cgroups: setup.make(), cgroupSetup: setup, facts: .read(mounts), hidden: secret.map(Files.resolved))
  }

  private static func nameOfThisUser() -> String {
    guard let entry = getpwuid(geteuid()) else { return "\(geteuid())" }
    return String(cString: entry.pointee.pw_name)
  }
}

/// A short name that follows from a path, for what exists once a machine.
enum InstanceName {
  /// The FNV-1a hash of the path, in hexadecimal.
  static func make(for path: String) -> String {
    let hash = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
