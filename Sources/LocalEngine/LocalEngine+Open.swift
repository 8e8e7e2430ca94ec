public import Engine
import Glibc
public import Logging
import Sessions

extension LocalEngine {
  /// Opens the engine: makes its directories, finds out what the machine can do, and starts a tiny session to be sure
  /// that sessions work here.
  ///
  /// - Throws: `EngineError` with one sentence that says what is missing and how to get it.
  public static func open(_ configuration: LocalEngineConfiguration, logger: Logger) async throws(EngineError)
    -> LocalEngine
  {
    let pool = BlockingPool(limit: 1)
    let host = try await pool.run { () throws(EngineError) in
      try makeDirectories(configuration)
      return try Host.examine(configuration)
    }
    try checkShares(configuration.catalogue, hidden: host.hidden)
    for entry in configuration.catalogue.entries where !Files.isDirectory(entry.root) {
      logger.warning(
        "root of image is missing", metadata: ["image.name": "\(entry.name)", "image.root": "\(entry.root)"])
    }
    try await Probe(configuration, host, logger).run()
    logger.info("local engine is open", metadata: ["engine.limitations": "\(host.limitations.joined(separator: " "))"])
    return LocalEngine(configuration, host: host, logger: logger)
  }

  /// What is shared is shown whole, so it must not hold the server's own directories, nor lie in one.
  private static func checkShares(_ catalogue: ImageCatalogue, hidden: [String]) throws(EngineError) {
    for entry in catalogue.entries {
      for path in entry.share + (entry.root == RootLayout.hostRoot ? [] : [entry.root]) {
        guard let secret = HiddenDirectories.conflict(of: Files.resolved(path), with: hidden) else { continue }
        throw EngineError(
          "The image \(entry.name) shows \(path) to sessions, which would show them the server's directory \(secret)."
            + " Share a directory beside it, or move the server's data.", isRetryable: false)
      }
    }
  }

  private static func makeDirectories(_ configuration: LocalEngineConfiguration) throws(EngineError) {
    for path in [configuration.directory, configuration.homesDirectory] where !path.hasPrefix("/") {
      throw EngineError("The local engine needs whole paths, not '\(path)'.", isRetryable: false)
    }
    do throws(SystemFailure) {
      try Files.makeDirectory(configuration.directory + "/runs")
      try Files.makeDirectory(configuration.homesDirectory)
    } catch {
      throw EngineError("The local engine: \(error).", isRetryable: false)
    }
  }
}

/// A session that does nothing, which shows whether sessions work on this machine.
private struct Probe {
  private let engine: LocalEngine
  private let directory: String

  private static let patience = Duration.seconds(15)

  init(_ configuration: LocalEngineConfiguration, _ host: Host, _ logger: Logger) {
    directory = configuration.directory + "/probe-\(getpid())"
    var own = configuration
    own.directory = directory
    own.homesDirectory = directory + "/homes"
    own.catalogue = ImageCatalogue(
      registry: "roost.local",
      entries: [.init(name: "probe", tags: ["latest"], root: "/", kinds: [.headless: ["true"]])])
    engine = LocalEngine(own, host: host, logger: logger)
  }

  func run() async throws(EngineError) {
    defer { cleanUp() }
    var generator = SystemRandomNumberGenerator()
    let id = SessionID.random(using: &generator)
    do throws(SystemFailure) {
      try Files.makeDirectory(directory + "/runs")
      try Files.makeDirectory(directory + "/homes")
    } catch {
      throw EngineError("The local engine: \(error).", isRetryable: false)
    }
    guard let plan = Self.plan(id) else { return }
    try await engine.launch(plan)
    try Self.judge(await end(of: id))
    try await engine.forget(id)
  }

  private static func plan(_ id: SessionID) -> LaunchPlan? {
    guard let image = ImageReference("probe") else { return nil }
    let slots = ResourceSlots(cpu: .cores(1), memory: .mebibytes(256))
    return LaunchPlan(
      id: id,
      spec: SessionSpec(
        name: "probe", kind: .headless, image: image,
        resources: ResourceRequest(reserved: slots, limit: slots, isFixed: true), lifetime: .seconds(60)),
      account: PosixAccount(name: "probe", uid: 65534, gid: 65534), environment: [])
  }

  private func end(of id: SessionID) async throws(EngineError) -> EngineStatus {
    let deadline = ContinuousClock.now + Self.patience
    while ContinuousClock.now < deadline {
      if let status = try await engine.census().sessions[id], case .ended = status { return status }
      try? await Task.sleep(for: .milliseconds(5))
    }
    try await engine.stop(id, grace: .zero)
    return .unknown
  }

  private static func judge(_ status: EngineStatus) throws(EngineError) {
    guard case .ended(let ending, _, _) = status else {
      throw EngineError("A first, empty session has not ended within \(patience).", isRetryable: false)
    }
    switch ending {
    case .finished(let outcome) where outcome.isSuccess: return
    case .finished(let outcome):
      throw EngineError("A first, empty session ended with \(outcome.ending).", isRetryable: false)
    case .couldNotStart(let reason):
      throw EngineError(
        "Sessions cannot be started on this machine. \(reason)\(Self.advice(reason))", isRetryable: false)
    }
  }

  /// What to do about the commonest refusal, that of namespaces to users without privileges.
  private static func advice(_ reason: String) -> String {
    guard reason.contains("namespace") || reason.contains("uid map") else { return "" }
    return " The kernel must allow user namespaces: see docs/local-engine.md, \"Namespaces are refused\"."
  }

  private func cleanUp() {
    rmdir(directory + "/homes/probe")
    rmdir(directory + "/homes")
    rmdir(directory + "/runs")
    rmdir(directory)
  }
}
