public import Identity
import Journal
import SessionCore
public import Sessions

// What people can have done. Each returns when it is durable.
extension SessionManager {
  /// Accepts a session.
  ///
  /// - Throws: `RoostError`: `invalidArgument` if no image or node serves it, `quotaExceeded`, `unavailable`.
  public func create(_ spec: SessionSpec, for principal: Principal) async throws -> Session {
    try ImageChoice.check(spec.image, for: spec.kind, among: engineFacts.images)
    var generator = SystemRandomNumberGenerator()
    for _ in 1...16 {
      let id = SessionID.random(using: &generator)
      if try await journal.isTaken(id) { continue }
      let request = CreateRequest(id: id, owner: principal.owner, spec: spec)
      switch try await inbox.ask(.create(request)) {
      case .created(let session): return session
      case .refused(let error): throw error
      case .idTaken: continue
      case .destroyed, .renewed: break
      }
    }
    throw RoostError(.internal, "No free session id could be drawn.")
  }

  /// Stops a session if it is not over, and puts it away: it is listed no longer, and can still be asked for by its id.
  ///
  /// - Throws: `RoostError`: `notFound` if it is not there or not the principal's.
  public func destroy(_ id: SessionID, for principal: Principal) async throws {
    _ = try await session(id, for: principal)
    _ = try await inbox.ask(.destroy(id, by: principal.user.name.text))
  }

  /// Gives a running session its whole lifetime again; gives back when that ends.
  ///
  /// - Throws: `RoostError`: `notFound`, or `invalidArgument` if it does not run.
  public func renew(_ id: SessionID, for principal: Principal) async throws -> Instant {
    _ = try await session(id, for: principal)
    switch try await inbox.ask(.renew(id)) {
    case .renewed(let until): return until
    case .refused(let error): throw error
    case .created, .destroyed, .idTaken: throw RoostError(.internal, "The session could not be renewed.")
    }
  }
}
