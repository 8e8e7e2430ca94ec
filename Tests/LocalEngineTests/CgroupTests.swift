import Engine
import Glibc
import Sessions
import Testing

@testable import LocalEngine

@Suite("Control groups of the local engine")
struct CgroupTests {
  private static let hybrid = """
    31 24 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
    32 31 0:28 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
    33 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
    34 31 0:30 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw,nsdelegate
    """

  @Test("mount points are read from the kernel's list, whatever optional fields it has")
  func mounts() {
    let mounts = CgroupMounts(mountInfo: Self.hybrid, membership: "4:memory:/a/b\n3:cpu,cpuacct:/\n0::/user.slice\n")
    #expect(mounts.controllers["memory"] == "/sys/fs/cgroup/memory")
    #expect(mounts.controllers["cpuacct"] == "/sys/fs/cgroup/cpu,cpuacct")
    #expect(mounts.unified == "/sys/fs/cgroup/unified")
    #expect(mounts.ownPaths == ["memory": "/a/b", "cpu": "/", "cpuacct": "/", "": "/user.slice"])
  }

  @Test("on version 1, each controller gets its own directory and its files")
  func version1() throws {
    let layout = CgroupLayout.version1(["memory": "/m", "cpu": "/c", "cpuacct": "/c", "pids": "/p"])
    let groups = SessionCgroups(layout, id: try #require(SessionID("abcdefgh")), limits: Self.limits)
    #expect(groups.version == 1)
    #expect(groups.directories == ["/c/abcdefgh", "/m/abcdefgh", "/p/abcdefgh"])
    #expect(
      groups.limits.map { "\($0.path) \($0.value)" } == [
        "/m/abcdefgh/memory.limit_in_bytes 1073741824", "/c/abcdefgh/cpu.cfs_period_us 100000",
        "/c/abcdefgh/cpu.cfs_quota_us 150000", "/p/abcdefgh/pids.max 4096",
      ])
    #expect(groups.preferences.contains(.init(path: "/m/abcdefgh/memory.memsw.limit_in_bytes", value: "1073741824")))
    #expect(groups.preferences.contains(.init(path: "/c/abcdefgh/cpu.shares", value: "512")))
  }

  @Test("on version 2, one directory has it all, and swap is no way out")
  func version2() throws {
    let layout = CgroupLayout.version2(directory: "/g", controllers: ["memory", "cpu", "pids"])
    let groups = SessionCgroups(layout, id: try #require(SessionID("abcdefgh")), limits: Self.limits)
    #expect(groups.version == 2)
    #expect(groups.directories == ["/g/abcdefgh"])
    #expect(
      groups.limits.map { "\($0.path) \($0.value)" } == [
        "/g/abcdefgh/memory.max 1073741824", "/g/abcdefgh/cpu.max 150000 100000", "/g/abcdefgh/pids.max 4096",
      ])
    #expect(
      groups.preferences.map { "\($0.path) \($0.value)" } == [
        "/g/abcdefgh/memory.swap.max 0", "/g/abcdefgh/cpu.weight 20",
      ])
  }

  @Test("a controller that is not on is not written to, and its absence is told")
  func missingControllers() throws {
    let layout = CgroupLayout.version2(directory: "/g", controllers: ["pids"])
    let groups = SessionCgroups(layout, id: try #require(SessionID("abcdefgh")), limits: Self.limits)
    #expect(groups.limits.map(\.path) == ["/g/abcdefgh/pids.max"])
    #expect(layout.limitations.count == 2)
    #expect(CgroupLayout.none.limitations.count == 3)
  }

  @Test("a quota is never below what the kernel accepts")
  func smallQuota() throws {
    var limits = Self.limits
    limits.cpu = MilliCPU(thousandths: 1)
    limits.reservedCPU = .zero
    let groups = SessionCgroups(.version1(["cpu": "/c"]), id: try #require(SessionID("abcdefgh")), limits: limits)
    #expect(groups.limits.last?.value == "1000")
    #expect(groups.preferences.last?.value == "2")
  }

  @Test("version 2 is set up in the highest directory that may be written to, with its controllers on")
  func setUpVersion2() throws {
    let root = try Self.fakeTree(controllers: "cpuset cpu io memory pids")
    defer { removeTree(root) }
    let mounts = CgroupMounts(
      mountInfo: "34 31 0:30 / \(root) rw,relatime - cgroup2 cgroup2 rw", membership: "0::/user.slice/me\n")
    let layout = CgroupSetup(mounts: mounts, name: "roost/test").make()
    let expected: Set = ["cpuset", "cpu", "io", "memory", "pids"]
    #expect(layout == .version2(directory: root + "/roost/test", controllers: expected))
  }

  @Test("without a directory that may be written to, there are no control groups")
  func nothingWritable() {
    let mounts = CgroupMounts(
      mountInfo: "34 31 0:30 / /no/such/place rw - cgroup2 cgroup2 rw", membership: "0::/user.slice/me\n")
    #expect(CgroupSetup(mounts: mounts, name: "roost/test").make() == .none)
  }

  @Test("the limits of this process's own groups are found on the way to them")
  func ownLimits() throws {
    let root = try Self.fakeTree(controllers: "")
    defer { removeTree(root) }
    try Files.makeDirectory(root + "/a/b")
    try Files.replace(root + "/a/cpu.max", Array("250000 100000\n".utf8))
    try Files.replace(root + "/a/memory.max", Array("1073741824\n".utf8))
    try Files.replace(root + "/a/b/cpu.max", Array("max 100000\n".utf8))
    try Files.replace(root + "/a/b/memory.max", Array("max\n".utf8))
    let limits = OwnLimits(
      CgroupMounts(mountInfo: "34 31 0:30 / \(root) rw - cgroup2 cgroup2 rw", membership: "0::/a/b\n"))
    #expect(limits.cpu == MilliCPU(thousandths: 2500))
    #expect(limits.memory == .gibibytes(1))
  }

  @Test("the rate of processor time is what was used by what has passed")
  func rate() {
    let start = ContinuousClock.now
    let earlier = UsageMeter.Sample(cpuMicroseconds: 1_000_000, at: start)
    let later = UsageMeter.Sample(cpuMicroseconds: 2_500_000, at: start + .seconds(1))
    #expect(UsageMeter.rate(from: earlier, to: later) == MilliCPU(thousandths: 1500))
    #expect(UsageMeter.rate(from: nil, to: later) == nil)
    #expect(UsageMeter.rate(from: later, to: later) == nil)
  }

  @Test("processors are counted by the mask of those that may be used")
  func processors() {
    #expect(HostFacts.processors(inStatus: "Name:\tx\nCpus_allowed:\tff,ffffffff\nCpus_allowed_list:\t0-39\n") == 40)
    #expect(HostFacts.processors(inStatus: "Cpus_allowed:\t3\n") == 2)
    #expect(HostFacts.processors(inStatus: "Name:\tx\n") == nil)
  }

  private static let limits = SessionCgroups.Limits(
    cpu: MilliCPU(thousandths: 1500), reservedCPU: MilliCPU(thousandths: 500), memory: .gibibytes(1), processes: 4096)

  /// Directories with the files that the kernel would put there.
  private static func fakeTree(controllers: String) throws -> String {
    let root = try LocalEngineFixture.makeTemporaryDirectory()
    for directory in ["", "/roost", "/roost/test"] {
      try Files.makeDirectory(root + directory)
      for file in ["cgroup.procs", "cgroup.subtree_control"] {
        try Files.replace("\(root)\(directory)/\(file)", Array(controllers.utf8))
      }
    }
    return root
  }
}
