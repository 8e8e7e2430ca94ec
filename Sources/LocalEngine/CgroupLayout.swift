import Glibc

/// The control groups in which the engine puts its sessions.
enum CgroupLayout: Hashable, Sendable {
  /// There are none that it may use.
  case none
  /// For each controller, the directory in which sessions get theirs. Controllers may share one.
  case version1([String: String])
  /// The directory in which sessions get theirs, and the controllers that are on there.
  case version2(directory: String, controllers: Set<String>)

  static let version1Controllers = ["memory", "cpu", "cpuacct", "pids"]
  static let version2Controllers = ["memory", "cpu", "pids"]

  /// What a session can be kept from using too much of.
  enum Limit: String, CaseIterable {
    case memory, cpu, pids

    var limitation: String {
      switch self {
      case .memory: "Memory is not limited: this server may not set up control groups for it."
      case .cpu: "Processor time is not limited: this server may not set up control groups for it."
      case .pids: "The number of processes is not limited: this server may not set up control groups for it."
      }
    }
  }

  /// Sentences about the limits that cannot be set.
  var limitations: [String] { Limit.allCases.filter { !has($0.rawValue) }.map(\.limitation) }

  /// The directories in which sessions get theirs.
  var directories: [String] {
    switch self {
    case .none: []
    case .version1(let directories): Set(directories.values).sorted()
    case .version2(let directory, _): [directory]
    }
  }

  func has(_ controller: String) -> Bool {
    switch self {
    case .none: false
    case .version1(let directories): directories[controller] != nil
    case .version2(_, let controllers): controllers.contains(controller)
    }
  }
}

/// Makes the control groups that sessions get theirs in.
struct CgroupSetup: Hashable, Sendable {
  var mounts: CgroupMounts
  /// The path of the engine's own group below the place where it may make one.
  var name: String

  /// - Returns: what came out of it; a controller that cannot be used is absent.
  func make() -> CgroupLayout {
    let controllers = CgroupLayout.version1Controllers.filter { mounts.controllers[$0] != nil }
    return controllers.isEmpty ? makeVersion2() : makeVersion1(controllers)
  }

  private func makeVersion1(_ controllers: [String]) -> CgroupLayout {
    var directories: [String: String] = [:]
    for controller in controllers {
      guard let mount = mounts.controllers[controller] else { continue }
      let directory = "\(mount)/\(name)"
      guard (try? Files.makeDirectory(directory, mode: 0o755)) != nil, access(directory, W_OK) == 0 else { continue }
      directories[controller] = directory
    }
    return directories.isEmpty ? .none : .version1(directories)
  }

  private func makeVersion2() -> CgroupLayout {
    guard let mount = mounts.unified, let top = topWritable(below: mount) else { return .none }
    var directory = top
    Self.turnOnControllers(in: directory)
    for part in name.split(separator: "/") {
      directory += "/\(part)"
      guard (try? Files.makeDirectory(directory, mode: 0o755)) != nil else { return .none }
      Self.turnOnControllers(in: directory)
    }
    guard access(directory + "/cgroup.procs", W_OK) == 0, Self.takesProcesses(directory) else { return .none }
    return .version2(directory: directory, controllers: Self.controllers(in: directory))
  }

  /// Below a group that holds processes and controllers at once the kernel lets nobody in ("domain invalid").
  private static func takesProcesses(_ directory: String) -> Bool {
    guard let type = Files.text(directory + "/cgroup.type") else { return true }
    return type.hasPrefix("domain") && !type.hasPrefix("domain invalid")
  }

  /// The highest group on the way to this process's own in which it may make others: the mount for root, and for
  /// others what a service manager has delegated to them.
  private func topWritable(below mount: String) -> String? {
    var candidates = [mount]
    for part in (mounts.ownPaths[""] ?? "").split(separator: "/") where part != ".." {
      candidates.append("\(candidates[candidates.count - 1])/\(part)")
    }
    return candidates.first { access($0, W_OK) == 0 && access($0 + "/cgroup.procs", W_OK) == 0 }
  }

  private static func turnOnControllers(in directory: String) {
    let on = controllers(in: directory)
    for controller in CgroupLayout.version2Controllers where !on.contains(controller) {
      try? Files.control(directory + "/cgroup.subtree_control", "+\(controller)")
    }
  }

  private static func controllers(in directory: String) -> Set<String> {
    let text = Files.text(directory + "/cgroup.subtree_control") ?? ""
    return Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}
