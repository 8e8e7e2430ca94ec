import Engine
import Glibc
import Logging
import Sessions
import Testing

@testable import LocalEngine

private let unifiedMount = CgroupMounts(
  mountInfo: Files.text("/proc/self/mountinfo") ?? "", membership: ""
).unified

/// On a machine whose controllers belong to version 1, this tries all of version 2 but its limits.
@Suite(
  "Control groups of version 2",
  .enabled(if: LocalEngineFixture.isRoot && unifiedMount != nil, "needs root and a mounted cgroup2"))
struct Version2Tests {
  @Test("a session is in its own group, is killed with all that it started, and its time is counted")
  func lifecycle() async throws {
    try await LocalEngineFixture.with { original in
      let fixture = try Self.onVersion2(original)
      let script = "for ((i = 0; i < 50000; i++)); do :; done; trap '' TERM; setsid sleep 98770 & echo ready; wait"
      let id = try await fixture.launch(script)
      try await fixture.waitForLine("ready", of: id)
      let group = try #require(fixture.cgroupParents.first) + "/\(id)"
      let members = try #require(Files.text(group + "/cgroup.procs")).split(separator: "\n").compactMap { pid_t($0) }
      let sleepers = LocalEngineFixture.processes(with: "98770")
      #expect(!sleepers.isEmpty && Set(sleepers).isSubset(of: members))
      try await fixture.engine.stop(id, grace: .zero)
      let ended = try await fixture.end(of: id)
      #expect(ended.outcome?.ending == .signalled(9))
      #expect(try #require(ended.outcome?.cpuTime) > .milliseconds(20))
      #expect(LocalEngineFixture.processes(with: "98770").isEmpty)
      #expect(!Files.exists(group))
      for parent in fixture.cgroupParents { rmdir(parent) }
    }
  }

  @Test("what a killed supervisor left in the group is killed")
  func burial() async throws {
    try await LocalEngineFixture.with { original in
      let fixture = try Self.onVersion2(original)
      let id = try await fixture.launch("exec sleep 98771")
      try await fixture.waitUntilRunning(id)
      let group = try #require(fixture.cgroupParents.first) + "/\(id)"
      // Stands for a process that the death of its supervisor has not reached.
      try Files.control(group + "/cgroup.procs", "\(try Self.sleeper())")
      kill(try #require(RestartTests.supervisor(of: id)), SIGKILL)
      _ = try await fixture.end(of: id)
      #expect(!Files.exists(group))
      for parent in fixture.cgroupParents { rmdir(parent) }
    }
  }

  private static func onVersion2(_ fixture: LocalEngineFixture) throws -> LocalEngineFixture {
    let mounts = CgroupMounts(
      mountInfo: "1 1 0:1 / \(try #require(unifiedMount)) rw - cgroup2 cgroup2 rw", membership: "0::/")
    var host = fixture.engine.host
    host.cgroupSetup = CgroupSetup(mounts: mounts, name: host.cgroupSetup.name)
    host.cgroups = host.cgroupSetup.make()
    try #require(host.cgroups != .none)
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    return LocalEngineFixture(
      directory: fixture.directory, engine: LocalEngine(fixture.engine.configuration, host: host, logger: logger))
  }

  private static func sleeper() throws -> pid_t {
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("98771"), nil]
    defer { for pointer in arguments { free(pointer) } }
    var process: pid_t = 0
    try #require(posix_spawn(&process, "/usr/bin/sleep", nil, nil, &arguments, environ) == 0)
    return process
  }
}
