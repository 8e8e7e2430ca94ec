public import Engine
import Glibc
import Sessions

extension LocalEngine {
  public func launch(_ plan: LaunchPlan) async throws(EngineError) {
    guard let entry = configuration.catalogue.entry(for: plan.spec.image) else {
      throw EngineError("The image \(plan.spec.image) is not in the image catalogue.", isRetryable: false)
    }
    let prepared = try PlannedLaunch(plan, entry, configuration, host)
    let directory = runs[plan.id]
    let supervisor = supervisor
    try await pool.run { () throws(EngineError) in
      if directory.isUsed { return }
      try prepared.prepare(directory)
      do throws(EngineError) { try supervisor.watch(directory.path) } catch {
        // Nothing runs, so nothing is to be kept, least of all the session's secrets.
        if (try? directory.isSupervised()) == false { unlink(directory.path + "/plan") }
        throw error
      }
    }
  }
}

/// A launch that has been checked, and what must be done on disk for it.
struct PlannedLaunch: Sendable {
  private let plan: LaunchPlan
  private let entry: ImageCatalogue.Entry
  private let configuration: LocalEngineConfiguration
  private let host: Host
  private let home: HomeDirectory
  private let command: [String]
  private let environment: [String]

  init(
    _ plan: LaunchPlan, _ entry: ImageCatalogue.Entry, _ configuration: LocalEngineConfiguration, _ host: Host
  ) throws(EngineError) {
    self.plan = plan
    self.entry = entry
    self.configuration = configuration
    self.host = host
    home = try HomeDirectory(plan.account, in: configuration.homesDirectory)
    command = try Self.command(plan, entry)
    environment = try SessionEnvironment(plan, home: home.pathInside).strings
    guard !host.isRoot || plan.account.uid != 0 else {
      throw EngineError(
        "Sessions never run as root; \(plan.account.name) needs a user id of its own.", isRetryable: false)
    }
  }

  private static func command(_ plan: LaunchPlan, _ entry: ImageCatalogue.Entry) throws(EngineError) -> [String] {
    let kind = plan.spec.kind
    guard let ownCommand = entry.kinds[kind] else {
      let kinds = entry.orderedKinds.map(\.rawValue).joined(separator: ", ")
      throw EngineError(
        "The image \(plan.spec.image) cannot be started as \(kind.rawValue), only as \(kinds).", isRetryable: false)
    }
    let command = plan.spec.command.isEmpty ? ownCommand : plan.spec.command
    guard !command.contains(where: { $0.utf8.contains(0) }) else {
      throw EngineError("The command contains a NUL byte; leave it out.", isRetryable: false)
    }
    return command
  }

  /// Makes the home and the session's directory with its plan. Blocks.
  func prepare(_ directory: RunDirectory) throws(EngineError) {
    try home.make(ownedByUser: host.isRoot)
    // Whoever tidies up a machine removes groups that are empty.
    if !host.cgroups.directories.allSatisfy(Files.exists) { _ = host.cgroupSetup.make() }
    do throws(SystemFailure) {
      try Files.makeDirectory(directory.path)
      try Files.replace(directory.path + "/plan", try sessionPlan().encoded)
    } catch {
      throw EngineError("The session's directory: \(error).", isRetryable: true)
    }
  }

  private func sessionPlan() throws(SystemFailure) -> SessionPlan {
    let isStaged = host.isRoot && entry.root != RootLayout.hostRoot
    let layout = try RootLayout.read(root: entry.root, source: isStaged ? SessionPlan.stagedRoot : entry.root)
    let resources = plan.spec.resources
    return SessionPlan(
      id: plan.id, account: host.isRoot ? plan.account : nil, home: home.path, root: isStaged ? entry.root : nil,
      sandbox: sandbox(layout), command: command, environment: environment,
      cgroups: SessionCgroups(
        host.cgroups, id: plan.id,
        limits: .init(
          cpu: resources.limit.cpu, reservedCPU: resources.reserved.cpu, memory: resources.limit.memory,
          processes: configuration.processLimit)),
      logLimit: configuration.logLimit, events: "../../\(HintSocket.name)",
      accounts: AccountFiles(plan.account, home: home.pathInside))
  }

  private func sandbox(_ layout: RootLayout) -> Sandbox {
    var sandbox = Sandbox(
      bubblewrap: host.bubblewrap.path, forbidsUserNamespaces: host.bubblewrap.forbidsUserNamespaces,
      mappedAccount: host.isRoot ? nil : (plan.account.uid, plan.account.gid),
      hostName: HostName.make(from: plan.spec.name, fallback: plan.id.text), layout: layout,
      homeSource: host.isRoot ? SessionPlan.stagedHome : home.path, home: home.pathInside, share: entry.share,
      covers: [])
    let reachable = host.hidden.map { HiddenDirectories.reachable($0, isOpen: isOpen) }
    sandbox.covers = HiddenDirectories.covers(reachable, root: entry.root, shown: sandbox.shown)
    return sandbox
  }

  private func isOpen(_ path: String) -> Bool { host.isRoot ? HiddenDirectories.isOpenToAll(path) : true }
}
