public import Engine
import Logging
import Sessions
import Synchronization

extension LocalEngine {
  public func census() async throws(EngineError) -> Census {
    try await onPool { [self] () throws(SystemFailure) in
      let known = ended.withLock { $0 }
      var sessions: [SessionID: EngineStatus] = [:]
      for id in try runs.ids() {
        if let status = known[id] ?? status(of: id) { sessions[id] = status }
      }
      return Census(sessions)
    }
  }

  /// What the files say about one session; `nil` if it was never launched. Blocks.
  func status(of id: SessionID) -> EngineStatus? {
    do throws(SystemFailure) {
      let status = try read(runs[id])
      if case .ended = status { ended.withLock { $0[id] = status } }
      return status
    } catch {
      logger.warning("session cannot be examined", metadata: ["session.id": "\(id)", "error": "\(error)"])
      return .unknown
    }
  }

  private func read(_ directory: RunDirectory) throws(SystemFailure) -> EngineStatus? {
    if let outcome = try directory.outcome() { return outcome }
    if try directory.isSupervised() { return progress(directory) }
    // The supervisor may have ended between the two looks.
    if let outcome = try directory.outcome() { return outcome }
    guard directory.isUsed else { return nil }
    return bury(directory)
  }

  private func progress(_ directory: RunDirectory) -> EngineStatus {
    if let start = directory.startedAt() { return .running(since: start) }
    return .preparing(directory.isUsed ? .starting : .creating)
  }

  /// The supervisor was killed: ends what is left of the session and has that written down.
  private func bury(_ directory: RunDirectory) -> EngineStatus {
    logger.warning("supervisor was killed", metadata: ["session.id": "\(directory.id)"])
    do throws(EngineError) { try supervisor.bury(directory.path) } catch {
      logger.error(
        "session cannot be cleaned up", metadata: ["session.id": "\(directory.id)", "error": "\(error)"])
      return .unknown
    }
    return (try? directory.outcome()) ?? .unknown
  }
}
