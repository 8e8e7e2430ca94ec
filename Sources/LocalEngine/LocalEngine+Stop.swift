public import Engine
public import Sessions

extension LocalEngine {
  public func stop(_ id: SessionID, grace: Duration) async throws(EngineError) {
    let directory = runs[id]
    let request = "stop \(max(0, grace.wholeMilliseconds))\n"
    // A supervisor that has just taken its lock opens its control pipe a moment later.
    for _ in 0..<Self.deliveryAttempts {
      let isDone = try await onPool { () throws(SystemFailure) in try Self.deliver(request, to: directory) }
      if isDone { return }
      try? await Task.sleep(for: .milliseconds(20))
    }
    throw EngineError("The supervisor of session \(id) does not take the request to stop.", isRetryable: true)
  }

  private static let deliveryAttempts = 50

  /// Whether nothing is left to do: the request is delivered, or there is nobody to stop.
  private static func deliver(_ request: String, to directory: RunDirectory) throws(SystemFailure) -> Bool {
    if directory.hasOutcome || !directory.exists { return true }
    switch try directory.send(request) {
    case .done: return true
    case .pipeIsFull: return false
    case .nobodyListens: return try !directory.isSupervised()
    }
  }
}
