import Engine
import HashTreeCollections
import Journal
import Logging
import SessionCore
import Sessions

// What the manager asks and tells the engine.
extension SessionManager {
  func watchEngine() async {
    for await observation in engine.observations {
      inbox.put(.status(observation.id, SessionStatus(observation.status)))
    }
  }

  /// Asks for the census and hands on what concerns the core: live sessions, and whatever is alive.
  func takeCensus() async {
    let begun = now()
    do {
      let census = try await engine.census()
      let live = snapshot.sessions
      let wanted = census.sessions.filter { live[$0.key] != nil || $0.value.isAlive }
      inbox.put(.census(wanted.mapValues(SessionStatus.init), begun: begun))
      if engineFacts.nodes.isEmpty { await refreshFacts() }
    } catch {
      logger.warning(
        "The engine cannot be asked", metadata: ["engine": "\(engine.capabilities.name)", "error": "\(error)"])
      inbox.put(.engineUnavailable(error.message))
    }
  }

  func refreshFacts() async {
    do {
      let nodes = try await engine.capacity()
      let images = try await engine.images()
      setFacts { $0 = EngineFacts(nodes: nodes, images: images) }
      inbox.put(.nodes(Dictionary(nodes.map { ($0.name, $0.capacity) }, uniquingKeysWith: { first, _ in first })))
    } catch {
      logger.warning("Nodes and images cannot be read", metadata: ["error": "\(error)"])
    }
  }

  func carryOut(_ effect: Effect) async {
    switch effect {
    case .launch(let session): await launch(session)
    case .stop(let id, let grace): await stop(id, grace: grace)
    case .reportUnknown(let ids): for id in ids { await settleUnknown(id) }
    }
  }

  /// What runs although its record says that it is over is stopped; what has no record is a person's to decide about.
  private func settleUnknown(_ id: SessionID) async {
    let record = try? await journal.session(id)
    logger.warning(
      "A running session is not live here",
      metadata: ["session.id": "\(id)", "record": "\(record.map(\.state.word) ?? "none")"])
    if record?.state.isTerminal == true { await stop(id, grace: settings.policy.stopGrace) }
  }

  private func launch(_ session: Session) async {
    let account = settings.account(session.owner)
    let plan = LaunchPlan(
      id: session.id, spec: session.spec, account: account,
      environment: SessionEnvironment.variables(of: session, hostName: settings.hostName))
    do {
      try await engine.launch(plan)
      inbox.put(.launchAccepted(session.id, limitations: engine.capabilities.limitations))
    } catch {
      logger.warning("A launch failed", metadata: ["session.id": "\(session.id)", "error": "\(error)"])
      inbox.put(.launchFailed(session.id, reason: error.message, isRetryable: error.isRetryable))
    }
  }

  private func stop(_ id: SessionID, grace: Duration) async {
    do {
      try await engine.stop(id, grace: grace)
    } catch {
      // The core sends the stop again when nothing comes of it.
      logger.warning("A stop failed", metadata: ["session.id": "\(id)", "error": "\(error)"])
    }
  }

  /// Deletes what has been kept long enough: first at the engine, so that a crash in between leaves a record to go by.
  func forgetExpired() async {
    let cutoff = now() - settings.retention
    var failures = 0
    do {
      while case let ids = try await journal.sessionsEnded(before: cutoff, skipping: failures, limit: 500), !ids.isEmpty
      {
        let forgotten = await forgetAtEngine(ids)
        failures += ids.count - forgotten.count
        if !forgotten.isEmpty { try await journal.delete(forgotten) }
      }
    } catch {
      logger.warning("Old sessions could not be deleted", metadata: ["error": "\(error)"])
    }
  }

  private func forgetAtEngine(_ ids: [SessionID]) async -> [SessionID] {
    var forgotten: [SessionID] = []
    for id in ids {
      do {
        try await engine.forget(id)
        forgotten.append(id)
      } catch {
        logger.warning("A session could not be deleted", metadata: ["session.id": "\(id)", "error": "\(error)"])
      }
    }
    return forgotten
  }

  /// Does `work` again and again, `interval` apart, until the task is cancelled.
  func every(_ interval: Duration, _ work: () async -> Void) async {
    while (try? await Task.sleep(for: interval)) != nil { await work() }
  }
}

extension EngineStatus {
  fileprivate var isAlive: Bool {
    switch self {
    case .preparing, .running: true
    case .ended, .unknown: false
    }
  }
}

extension SessionStatus {
  /// The engine's words in the core's.
  init(_ status: EngineStatus) {
    switch status {
    case .preparing(let phase): self = .preparing(phase)
    case .running(let since): self = .running(since: since)
    case .ended(.finished(let outcome), let start, let end): self = .ended(outcome, startedAt: start, at: end)
    case .ended(.couldNotStart(let reason), _, let end): self = .couldNotStart(reason, at: end)
    case .unknown: self = .unknown
    }
  }
}
