/// Waits until `condition` holds, for at most `limit`; says whether it came to hold.
///
/// For what happens in its own time: the end of a process, a turn of the loop. Never for what can be awaited.
public func eventually(
  within limit: Duration = .seconds(10), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let deadline = ContinuousClock.now + limit
  while ContinuousClock.now < deadline {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(5))
  }
  return try await condition()
}
