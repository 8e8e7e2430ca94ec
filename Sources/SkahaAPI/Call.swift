import Engine
import HTTPTypes
import Hummingbird
import Identity
import SessionCore
import SessionManager
import Sessions

/// One request by somebody, with its parameters read.
struct Call {
  let api: SkahaAPI
  let principal: Principal
  let parameters: Parameters
  let request: Request

  var manager: SessionManager { api.manager }

  func create(_ version: SkahaVersion) async throws -> Answer {
    let reader = CreateParameters(
      parameters: parameters, options: try options(), registries: api.registries,
      lifetimes: api.configuration.lifetimes)
    let spec = try reader.spec()
    try RegistryCredentials.check(request.headers)
    return .text(try await manager.create(spec, for: principal).id.text + "\n")
  }

  /// - Throws: `RoostError` (`unavailable`) while the engine has not said what there is.
  func options() throws(RoostError) -> ResourceOptions {
    let nodes = manager.engineFacts.nodes
    guard !nodes.isEmpty else {
      let reason = manager.snapshot.engineTrouble ?? "it has not been asked yet"
      throw RoostError(
        .unavailable, "The engine has not said what can be asked for: \(reason)", retryAfter: .seconds(30))
    }
    return ResourceOptions(nodes: nodes)
  }

  func list(_ version: SkahaVersion) async throws -> Answer {
    switch parameters["view"] {
    case "stats": return try .json(StatsObject(manager.snapshot, nodes: manager.engineFacts.nodes, version))
    case "all": return try .json(filtered(manager.everybodysSessions).map { PublicSession($0, version) })
    case let view:
      let isInteractive = view?.lowercased() == "interactive"
      let sessions = try await manager.sessions(of: principal)
      let wanted = isInteractive ? byStatus(sessions).filter(\.spec.kind.isInteractive) : filtered(sessions)
      return try await .json(objects(wanted, version))
    }
  }

  /// `type` and `status` as the client asked; what is not known matches nothing.
  private func filtered(_ sessions: [Session]) -> [Session] {
    guard let type = parameters["type"] ?? parameters["kind"] else { return byStatus(sessions) }
    return byStatus(sessions).filter { $0.spec.kind == SessionKind(word: type) }
  }

  private func byStatus(_ sessions: [Session]) -> [Session] {
    guard let status = parameters["status"] else { return sessions }
    return sessions.filter { StatusWord.matches($0.state, filter: status) }
  }

  private func objects(_ sessions: [Session], _ version: SkahaVersion) async -> [SessionObject] {
    let usage = await manager.usage()
    return sessions.map { object($0, version, usage) }
  }

  private func object(_ session: Session, _ version: SkahaVersion, _ usage: [SessionID: Usage]) -> SessionObject {
    SessionView(
      version: version, session: session, account: manager.settings.account(session.owner),
      usage: usage[session.id], explanation: manager.explanation(of: session)
    ).object
  }

  func show(_ id: String, _ version: SkahaVersion) async throws -> Answer {
    let session = try await session(id)
    switch parameters["view"] {
    case "logs": return try logs(of: session)
    case "events": return .text(EventTable.text(try await manager.timeline(of: session)))
    default: return try .json(object(session, version, await manager.usage()))
    }
  }

  /// A session that has written nothing and does not run says here why, since this is where people look.
  private func logs(of session: Session) throws -> Answer {
    let request = try LogParameters.request(parameters, now: manager.now())
    let reason = manager.explanation(of: session)?.sentence ?? session.state.reasonWithoutOutput
    let substitute = request.follow ? "" : reason.map { "[roost] \($0)\n" } ?? ""
    return .stream(
      open: { [manager] in
        if request.follow { await manager.waitUntilLaunched(session.id) }
        return manager.logs(of: session, request)
      }, ifEmpty: { substitute })
  }

  func modify(_ id: String) async throws -> Answer {
    guard let action = parameters.nonBlank("action") else {
      throw RoostError(.invalidArgument, "Cannot modify an existing session")
    }
    guard action.lowercased() == "renew" else { throw RoostError(.invalidArgument, "unrecognized action") }
    do {
      _ = try await manager.renew(try SessionName.id(id), for: principal)
      return .empty
    } catch let error as RoostError where [.notFound, .invalidArgument].contains(error.code) {
      throw RoostError(.invalidArgument, "No active job for user \(principal.user.name) with session \(id)")
    }
  }

  func destroy(_ id: String) async throws -> Answer {
    try await manager.destroy(try SessionName.id(id), for: principal)
    return .empty
  }

  func session(_ id: String) async throws -> Session {
    try await manager.session(try SessionName.id(id), for: principal)
  }
}

/// The text of a path that should be a session's id.
enum SessionName {
  /// - Throws: `RoostError`: `invalidArgument` if it cannot be anything's id, `notFound` if it cannot be a session's.
  static func id(_ text: String) throws(RoostError) -> SessionID {
    guard text.utf8.count <= 63 else {
      throw RoostError(.invalidArgument, "canfar.net/id label value exceeds 63 characters")
    }
    guard text.utf8.allSatisfy({ allowed.contains($0) }) else {
      throw RoostError(
        .invalidArgument, "canfar.net/id label value must match Kubernetes label value syntax")
    }
    guard let id = SessionID(text) else { throw RoostError(.notFound, "session \(text) not found") }
    return id
  }

  private static let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)
}

/// A session as everybody may see it.
private struct PublicSession: Encodable {
  let userid: String
  let type: String
  let status: String
  let startTime: String?

  init(_ session: Session, _ version: SkahaVersion) {
    userid = session.owner.name
    type = session.spec.kind.rawValue
    status = StatusWord.word(for: session.state, version)
    startTime = session.startedAt?.description
  }
}

extension SessionState {
  /// Why there is no output, for a session that could not have written any.
  fileprivate var reasonWithoutOutput: String? {
    switch self {
    case .cancelled, .error: reasonSentence
    case .scheduled: "Placed; the engine has been told to start it"
    case .preparing(let phase): phase.sentence
    case .pending, .running, .terminating, .terminated: nil
    }
  }
}
