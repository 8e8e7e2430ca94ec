/// Does `work` for every key, at most `limit` at a time, and answers in the order of `keys`.
func batch<Key: Hashable & Sendable, Value: Sendable>(
  _ keys: [Key], limit: Int, _ work: @escaping @Sendable (Key) async throws(SkahaError) -> Value
) async -> BatchResult<Key, Value> {
  typealias Indexed = (index: Int, result: Result<Value, SkahaError>)
  return await withTaskGroup(of: Indexed.self) { group in
    var results: [Result<Value, SkahaError>?] = Array(repeating: nil, count: keys.count)
    var started = 0
    func startNext() {
      guard started < keys.count else { return }
      let index = started
      started += 1
      group.addTask { (index, await outcome(keys[index], work)) }
    }
    for _ in 0..<max(1, limit) { startNext() }
    while let (index, result) = await group.next() {
      results[index] = result
      startNext()
    }
    return BatchResult(
      zip(keys, results).map { key, result in .init(key: key, result: result ?? .failure(.cancelled)) })
  }
}

private func outcome<Key: Sendable, Value: Sendable>(
  _ key: Key, _ work: @Sendable (Key) async throws(SkahaError) -> Value
) async -> Result<Value, SkahaError> {
  guard !Task.isCancelled else { return .failure(.cancelled) }
  do { return .success(try await work(key)) } catch { return .failure(error) }
}
