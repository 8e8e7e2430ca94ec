extension SkahaClient {
  /// Which sessions a list is about.
  public enum View: String, Hashable, Sendable {
    /// Those of all users, reduced to user, kind, status and start.
    case all
    /// Your own that are not headless.
    case interactive
  }

  /// Lists sessions: `GET session`. Without arguments, all that are yours.
  ///
  /// - Throws: ``SkahaError``.
  public func fetch(
    kind: SkahaSession.Kind? = nil, status: SkahaSession.Status? = nil, view: View? = nil
  ) async throws(SkahaError) -> [SkahaSession] {
    let request = SkahaRequest.list(kind: kind, status: status?.word(in: version), view: view?.rawValue)
    return try await transport.json(request)
  }

  /// Describes sessions: `GET session/{id}`.
  public func info(_ ids: [String]) async -> BatchResult<String, SkahaSession> {
    await each(ids) { id throws(SkahaError) in
      let session: SkahaSession = try await transport.json(.session(id))
      guard !session.id.isEmpty else {
        throw .invalidAnswer("The server's description of session '\(id)' has no id.", status: 200)
      }
      return session
    }
  }

  /// What happened to sessions: `GET session/{id}?view=events`.
  public func events(_ ids: [String]) async -> BatchResult<String, [SkahaEvent]> {
    await each(ids) { id throws(SkahaError) in
      SkahaEvent.parse(table: try await transport.answer(to: .session(id, view: "events")).text)
    }
  }

  /// Prolongs sessions up to the server's limit: `POST session/{id}?action=renew`.
  ///
  /// The value of a success is the id.
  public func renew(_ ids: [String]) async -> BatchResult<String, String> {
    await each(ids) { id throws(SkahaError) in
      _ = try await transport.answer(to: .renew(id))
      return id
    }
  }

  /// Ends sessions and removes them: `DELETE session/{id}`.
  ///
  /// The value of a success is the id. Servers of version 1 answer success also for ids that they do not know.
  public func destroy(_ ids: [String]) async -> BatchResult<String, String> {
    await each(ids) { id throws(SkahaError) in
      _ = try await transport.answer(to: .delete(id))
      return id
    }
  }

  /// Ends all your sessions of a kind and a status whose names begin with `prefix`.
  ///
  /// Letters match in either case, because servers lower-case names.
  ///
  /// - Throws: ``SkahaError`` if the list cannot be read, or if `prefix` is empty, which would match every session.
  public func destroy(
    prefix: String, kind: SkahaSession.Kind = .headless, status: SkahaSession.Status = .completed
  ) async throws(SkahaError) -> BatchResult<String, String> {
    guard !prefix.isEmpty else {
      throw .badParameter("The prefix is empty and would match every session.", advice: "Give the start of a name.")
    }
    let wanted = prefix.lowercased()
    let found = try await fetch(kind: kind, status: status).filter {
      $0.name.lowercased().hasPrefix(wanted) && $0.kind == kind && $0.status == status
    }
    return await destroy(found.map(\.id))
  }

  /// Asks something for each id, under the bound on concurrency.
  func each<Value: Sendable>(
    _ ids: [String], _ work: @escaping @Sendable (String) async throws(SkahaError) -> Value
  ) async -> BatchResult<String, Value> {
    await batch(ids, limit: transport.options.concurrency) { id throws(SkahaError) in
      try checkSessionID(id)
      return try await work(id)
    }
  }
}

/// Refuses ids that would become another path, above all an empty one: that is the path of the whole collection.
func checkSessionID(_ id: String) throws(SkahaError) {
  guard !id.isEmpty, id.utf8.count <= 64, id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }),
    id != ".", id != ".."
  else {
    throw .badParameter(
      "'\(SkahaError.presentable(id))' is not a session id.", advice: "Ids have eight letters and digits.")
  }
}
