public import Foundation

extension SkahaClient {
  /// What sessions have written so far: `GET session/{id}?view=logs`.
  ///
  /// The original server always sends the whole log; `tail`, `since` and `timestamps` are understood by Roost.
  ///
  /// - Parameters:
  ///   - ids: The sessions.
  ///   - tail: Only the last so many lines.
  ///   - since: Only lines written at or after this time.
  ///   - timestamps: Whether each line begins with its time.
  /// - Returns: The log of each session, or why there is none.
  public func logs(
    _ ids: [String], tail: Int? = nil, since: Date? = nil, timestamps: Bool = false
  ) async -> BatchResult<String, String> {
    await each(ids) { id throws(SkahaError) in
      try await transport.answer(to: .logs(id, tail: tail, since: since, timestamps: timestamps)).text
    }
  }

  /// Reads a session's log as it is written, without holding it in memory.
  ///
  /// - Parameters:
  ///   - id: The session.
  ///   - follow: Whether to go on until the session ends. Understood by Roost; the original server sends what there is.
  ///   - tail: Only the last so many lines of what there is already.
  ///   - since: Only lines written at or after this time.
  ///   - timestamps: Whether each line begins with its time.
  /// - Returns: The log, to be read once.
  /// - Throws: ``SkahaError`` if the stream cannot be opened. Reading it throws one if it breaks.
  public func logStream(
    id: String, follow: Bool = true, tail: Int? = nil, since: Date? = nil, timestamps: Bool = false
  ) async throws(SkahaError) -> SkahaLogStream {
    try checkSessionID(id)
    let request = SkahaRequest.logs(id, follow: follow, tail: tail, since: since, timestamps: timestamps)
    return try await transport.stream(request)
  }
}

extension SkahaRequest {
  static func logs(
    _ id: String, follow: Bool = false, tail: Int? = nil, since: Date? = nil, timestamps: Bool = false
  ) -> SkahaRequest {
    var request = session(id, view: "logs")
    if follow { request.query.append(("follow", "true")) }
    if let tail { request.query.append(("tail", String(max(0, tail)))) }
    if let since { request.query.append(("since", SkahaTime.format(since))) }
    if timestamps { request.query.append(("timestamps", "true")) }
    return request
  }
}
