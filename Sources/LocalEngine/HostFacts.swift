import Glibc
import Sessions

/// What this process may use of the machine.
struct HostFacts: Sendable {
  var name: String
  var cores: MilliCPU
  var memory: ByteCount

  /// Looks at processors, memory, and the limits of the control groups that this process is in.
  static func read(_ mounts: CgroupMounts) -> HostFacts {
    let own = OwnLimits(mounts)
    let cores = MilliCPU.cores(Int64(usableProcessors()))
    let memory = ByteCount(bytes: Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE))))
    return HostFacts(
      name: hostName(), cores: own.cpu.map { min($0, cores) } ?? cores,
      memory: own.memory.map { min($0, memory) } ?? memory)
  }

  private static func usableProcessors() -> Int {
    processors(inStatus: Files.text("/proc/self/status") ?? "") ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))
  }

  /// Counts the bits of the hexadecimal mask that `/proc/self/status` shows.
  static func processors(inStatus text: String) -> Int? {
    let key = "Cpus_allowed:"
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else { return nil }
    let count = line.dropFirst(key.count).reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
    return count > 0 ? count : nil
  }

  private static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "localhost" }
  }
}

/// The smallest limits on the way from the root of the hierarchies to this process's own groups.
struct OwnLimits {
  var cpu: MilliCPU?
  var memory: ByteCount?

  init(_ mounts: CgroupMounts) {
    if let mount = mounts.unified {
      for group in Self.groups(mount, mounts.ownPaths[""]) {
        lower(cpu: Self.quota(version2: Files.text(group + "/cpu.max")))
        lower(memory: Self.bytes(Files.text(group + "/memory.max")))
      }
    }
    for group in Self.groups(mounts.controllers["memory"], mounts.ownPaths["memory"]) {
      lower(memory: Self.bytes(Files.text(group + "/memory.limit_in_bytes")))
    }
    for group in Self.groups(mounts.controllers["cpu"], mounts.ownPaths["cpu"]) {
      let words = ["cpu.cfs_quota_us", "cpu.cfs_period_us"].map { Files.text("\(group)/\($0)") ?? "" }
      lower(cpu: Self.quota(version2: words.joined(separator: " ")))
    }
  }

  private mutating func lower(cpu limit: MilliCPU?) {
    if let limit { cpu = min(limit, cpu ?? limit) }
  }

  private mutating func lower(memory limit: ByteCount?) {
    if let limit { memory = min(limit, memory ?? limit) }
  }

  private static func groups(_ mount: String?, _ path: String?) -> [String] {
    guard let mount else { return [] }
    return (path ?? "").split(separator: "/").reduce(into: [mount]) { $0.append("\($0[$0.count - 1])/\($1)") }
  }

  /// Reads `QUOTA PERIOD`; `max` and negative numbers mean that there is none.
  static func quota(version2 text: String?) -> MilliCPU? {
    let words = (text ?? "").split { $0 == " " || $0 == "\n" }
    guard words.count == 2, let quota = Int64(words[0]), let period = Int64(words[1]), quota > 0, period > 0 else {
      return nil
    }
    return MilliCPU(thousandths: quota * 1000 / period)
  }

  static func bytes(_ text: String?) -> ByteCount? {
    guard let text, let number = text.split(separator: "\n").first.flatMap({ Int64($0) }), number > 0 else {
      return nil
    }
    return ByteCount(bytes: number)
  }
}
