import Sessions

/// The control groups of one session: where they are, and what is written into them.
struct SessionCgroups: Hashable, Sendable {
  struct Setting: Hashable, Sendable {
    var path: String
    var value: String
  }

  /// How much a session may use.
  struct Limits: Hashable, Sendable {
    var cpu: MilliCPU
    /// What it is given when everybody wants all.
    var reservedCPU: MilliCPU
    var memory: ByteCount
    var processes: Int
  }

  /// 0 if there are none.
  var version: Int
  var directories: [String] = []
  /// Must succeed.
  var limits: [Setting] = []
  /// May fail: the kernel may lack them.
  var preferences: [Setting] = []
  var memory: String?
  var cpu: String?

  private static let periodMicroseconds: Int64 = 100_000
  /// The kernel refuses quotas below a millisecond.
  private static let smallestQuotaMicroseconds: Int64 = 1000

  init(_ layout: CgroupLayout, id: SessionID, limits: Limits) {
    switch layout {
    case .none: version = 0
    case .version1(let parents):
      version = 1
      addVersion1(parents.mapValues { "\($0)/\(id)" }, limits)
    case .version2(let parent, let controllers):
      version = 2
      addVersion2("\(parent)/\(id)", controllers, limits)
    }
  }

  private mutating func addVersion1(_ groups: [String: String], _ wanted: Limits) {
    directories = Set(groups.values).sorted()
    if let group = groups["memory"] {
      memory = group
      limit(group, "memory.limit_in_bytes", "\(wanted.memory.bytes)")
      prefer(group, "memory.memsw.limit_in_bytes", "\(wanted.memory.bytes)")
      prefer(group, "memory.swappiness", "0")
    }
    if let group = groups["cpu"] {
      limit(group, "cpu.cfs_period_us", "\(Self.periodMicroseconds)")
      limit(group, "cpu.cfs_quota_us", "\(Self.quota(wanted.cpu))")
      prefer(group, "cpu.shares", "\(Self.shares(wanted.reservedCPU))")
    }
    cpu = groups["cpuacct"]
    if let group = groups["pids"] { limit(group, "pids.max", "\(wanted.processes)") }
  }

  private mutating func addVersion2(_ group: String, _ controllers: Set<String>, _ wanted: Limits) {
    directories = [group]
    // Processor time is counted without any controller.
    cpu = group
    if controllers.contains("memory") {
      memory = group
      limit(group, "memory.max", "\(wanted.memory.bytes)")
      prefer(group, "memory.swap.max", "0")
    }
    if controllers.contains("cpu") {
      limit(group, "cpu.max", "\(Self.quota(wanted.cpu)) \(Self.periodMicroseconds)")
      prefer(group, "cpu.weight", "\(Self.weight(wanted.reservedCPU))")
    }
    if controllers.contains("pids") { limit(group, "pids.max", "\(wanted.processes)") }
  }

  private mutating func limit(_ group: String, _ file: String, _ value: String) {
    limits.append(Setting(path: "\(group)/\(file)", value: value))
  }

  private mutating func prefer(_ group: String, _ file: String, _ value: String) {
    preferences.append(Setting(path: "\(group)/\(file)", value: value))
  }

  private static func quota(_ cpu: MilliCPU) -> Int64 {
    max(smallestQuotaMicroseconds, cpu.thousandths * periodMicroseconds / 1000)
  }

  /// The kernel's scale of version 1: 1024 is one core, from 2 to 262144.
  private static func shares(_ cpu: MilliCPU) -> Int64 { min(262_144, max(2, cpu.thousandths * 1024 / 1000)) }

  /// The same on the kernel's scale of version 2, from 1 to 10000.
  private static func weight(_ cpu: MilliCPU) -> Int64 { 1 + (shares(cpu) - 2) * 9999 / 262_142 }
}
