public import Engine
import HashTreeCollections
public import Identity
import Journal
import ServiceLifecycle
import SessionCore
public import Sessions

// What people can ask. None of these waits for a turn of the loop.
extension SessionManager {
  /// A session, live or over.
  ///
  /// - Throws: `RoostError`: `notFound` if it is not there or not the principal's; the two cannot be told apart.
  public func session(_ id: SessionID, for principal: Principal) async throws -> Session {
    if let live = snapshot.sessions[id] { return try checked(live, id, principal) }
    return try checked(try await journal.session(id), id, principal)
  }

  private func checked(_ session: Session?, _ id: SessionID, _ principal: Principal) throws(RoostError) -> Session {
    guard let session, session.owner.id == principal.user.id else {
      throw RoostError(.notFound, "session \(id) not found")
    }
    return session
  }

  /// The principal's sessions: what is live, and what ended a short while ago and has not been put away.
  public func sessions(of principal: Principal) async throws -> [Session] {
    // The snapshot first: a session that ends in between is then in both, and never in neither.
    let live = snapshot.sessions(of: principal.user.id)
    let ended = try await journal.endedSessions(of: principal.user.id, after: now() - settings.listedAfterEnd)
    let endedIDs = Set(ended.map(\.id))
    return (ended + live.filter { !endedIDs.contains($0.id) }).sorted { $0.number < $1.number }
  }

  /// Everybody's live sessions, for views that show no more than whose and what kind they are.
  public var everybodysSessions: [Session] { snapshot.sessions.values.sorted { $0.number < $1.number } }

  /// What happened to a session, and, if it waits, what it waits for now.
  public func timeline(of session: Session) async throws -> [TimelineEvent] {
    var timeline = try await journal.timeline(of: session.id)
    if let explanation = explanation(of: session) {
      timeline.append(TimelineEvent(time: now(), reason: "Pending", message: explanation.sentence))
    }
    return timeline
  }

  /// Why a session has not started; `nil` unless it is pending.
  public func explanation(of session: Session) -> Explanation? { snapshot.explanation(for: session, at: now()) }

  /// What running sessions use now; empty if the engine cannot tell.
  public func usage() async -> [SessionID: Usage] { await usageCache.usage(of: engine, at: now()) }

  /// Waits until the engine holds a session, or it is over, or the server stops.
  public func waitUntilLaunched(_ id: SessionID) async {
    while let session = snapshot.sessions[id], [.pending, .scheduled].contains(session.state),
      !Task.isShuttingDownGracefully
    {
      guard (try? await Task.sleep(for: .milliseconds(100))) != nil else { return }
    }
  }

  /// The output of a session.
  public func logs(of session: Session, _ request: LogRequest) -> AsyncThrowingStream<[UInt8], any Error> {
    engine.logs(of: session.id, request)
  }
}
