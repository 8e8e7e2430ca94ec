import SkahaClient

/// Finds sessions by the beginnings of their ids.
enum SessionReferences {
  /// Ids have this many characters; what is as long needs no looking up.
  static let idLength = 8

  /// What each of `prefixes` stands for among `known`, in order; `nil` for those that match nothing.
  ///
  /// - Throws: ``CommandFailure`` with the candidates if one matches several.
  static func match(_ prefixes: [String], in known: [String]) throws(CommandFailure) -> [String?] {
    var found: [String?] = []
    for prefix in prefixes {
      let matches = prefix.isEmpty ? [] : known.filter { $0.hasPrefix(prefix) }.sorted()
      guard matches.count < 2 || matches.contains(prefix) else {
        throw .usage("'\(prefix)' is ambiguous: it begins \(matches.joined(separator: ", ")). Type more of the id.")
      }
      found.append(matches.contains(prefix) ? prefix : matches.first)
    }
    return found
  }
}

extension SkahaClient {
  /// Does `work` with the sessions that `prefixes` stand for; those that stand for nothing fail as not found.
  func withSessions<Value>(
    _ prefixes: [String], _ work: ([String]) async -> BatchResult<String, Value>
  ) async throws -> BatchResult<String, Value> {
    guard prefixes.contains(where: { $0.count < SessionReferences.idLength }) else { return await work(prefixes) }
    let ids = try await resolve(prefixes)
    let done = await work(ids.compactMap(\.self))
    var results = done.makeIterator()
    return BatchResult(
      zip(prefixes, ids).map { prefix, id in
        guard id != nil, let item = results.next() else {
          return .init(key: prefix, result: .failure(.noSession(beginning: prefix)))
        }
        return item
      })
  }

  /// The one session that `prefix` stands for.
  func session(_ prefix: String) async throws -> String {
    guard prefix.count < SessionReferences.idLength else { return prefix }
    guard let id = try await resolve([prefix]).first ?? nil else { throw SkahaError.noSession(beginning: prefix) }
    return id
  }

  private func resolve(_ prefixes: [String]) async throws -> [String?] {
    let known = try await fetch().map(\.id)
    let short = prefixes.filter { $0.count < SessionReferences.idLength }
    var found = try SessionReferences.match(short, in: known).makeIterator()
    return prefixes.map { $0.count < SessionReferences.idLength ? found.next() ?? nil : $0 }
  }
}

extension SkahaError {
  static func noSession(beginning prefix: String) -> SkahaError {
    SkahaError(
      .notFound, "None of your sessions has an id that begins with '\(printable(prefix))'.",
      advice: "List them with: roost ps -a")
  }
}
