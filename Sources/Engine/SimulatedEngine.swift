public import Sessions
import Synchronization

/// An engine without processes: it keeps to the contract of `Engine`, runs tiny programs, and fails on demand.
///
/// What a session does is its command, as `SimulatedProgram` reads it. An image is known if the engine was made with it, or
/// made without any.
public final class SimulatedEngine: Engine {
  public let capabilities = EngineCapabilities(name: "simulated")
  public let observations: AsyncStream<EngineObservation>

  private let state: Mutex<State>
  private let hints: AsyncStream<EngineObservation>.Continuation
  private let now: @Sendable () -> Instant

  /// What goes wrong; all off at first.
  public struct Faults: Sendable {
    /// Thrown by `launch`, which then starts nothing.
    public var launchError: EngineError?
    /// Thrown by `launch` after it has started the session: the answer is lost.
    public var lostLaunchAnswer: EngineError?
    /// Thrown by `census`, `usage` and `capacity`.
    public var unavailable: EngineError?
    /// The session that `forget` fails for.
    public var unforgettable: SessionID?
    /// Whether observations are swallowed, so that only the census tells.
    public var losesObservations = false
    /// Whether launched sessions stay `preparing` until `begin(_:)` is called.
    public var holdsStarts = false

    public init() {}
  }

  private struct State {
    var sessions: [SessionID: Simulated] = [:]
    var faults = Faults()
    var nodes: [Node]
    var images: [Image]
    var launches: [SessionID] = []
  }

  private struct Simulated {
    var plan: LaunchPlan
    var status: EngineStatus
    var log: [SimulatedLine] = []
  }

  public init(nodes: [Node], images: [Image] = [], now: @escaping @Sendable () -> Instant) {
    (observations, hints) = AsyncStream.makeStream()
    state = Mutex(State(nodes: nodes, images: images))
    self.now = now
  }

  /// Changes what goes wrong from now on.
  public func setFaults(_ change: @Sendable (inout Faults) -> Void) {
    state.withLock { change(&$0.faults) }
  }

  /// Every launch that started something, in order.
  public var launches: [SessionID] { state.withLock(\.launches) }

  /// The plan a session was launched with.
  public func plan(of id: SessionID) -> LaunchPlan? { state.withLock { $0.sessions[id]?.plan } }

  /// Lets a held session run.
  public func begin(_ id: SessionID) { set(id, .running(since: now())) }

  /// Ends a session as if its program had.
  public func end(_ id: SessionID, _ ending: Outcome.Ending) { finish(id, .finished(Outcome(ending))) }

  /// Makes a session vanish without a trace, as if its node had.
  public func vanish(_ id: SessionID) { state.withLock { $0.sessions[id] = nil } }

  public func launch(_ plan: LaunchPlan) async throws(EngineError) {
    try checkImage(of: plan)
    let (isNew, faults) = state.withLock { state in
      guard state.faults.launchError == nil, state.sessions[plan.id] == nil else { return (false, state.faults) }
      state.sessions[plan.id] = Simulated(plan: plan, status: .preparing(.creating))
      state.launches.append(plan.id)
      return (true, state.faults)
    }
    if let error = faults.launchError { throw error }
    if isNew, !faults.holdsStarts { run(SimulatedProgram(plan.spec.command), as: plan.id) }
    if let error = faults.lostLaunchAnswer { throw error }
  }

  private func checkImage(of plan: LaunchPlan) throws(EngineError) {
    let known = state.withLock { $0.images.map(\.reference) }
    guard known.isEmpty || known.contains(plan.spec.image) else {
      throw EngineError("There is no image '\(plan.spec.image)'", isRetryable: false)
    }
  }

  private func run(_ program: SimulatedProgram, as id: SessionID) {
    switch program {
    case .missing(let name): finish(id, .couldNotStart("\(name): no such program"))
    case .exit(let code):
      begin(id)
      end(id, .exited(code: code))
    case .print(let lines):
      begin(id)
      log(lines, of: id)
      end(id, .exited(code: 0))
    case .wait(let lines):
      begin(id)
      log(lines, of: id)
    }
  }

  private func log(_ lines: [String], of id: SessionID) {
    let logged = lines.map { SimulatedLine(time: now(), text: $0) }
    state.withLock { $0.sessions[id]?.log += logged }
  }

  public func stop(_ id: SessionID, grace: Duration) async throws(EngineError) {
    finish(id, .finished(Outcome(.signalled(15))))
  }

  private func finish(_ id: SessionID, _ ending: EngineEnding) {
    let end = now()
    let status = state.withLock { $0.sessions[id]?.status }
    switch status {
    case .running(let since): set(id, .ended(ending: ending, startedAt: since, at: end))
    case .preparing: set(id, .ended(ending: ending, startedAt: nil, at: end))
    case .ended, .unknown, nil: break
    }
  }

  private func set(_ id: SessionID, _ status: EngineStatus) {
    let isHeard = state.withLock { state in
      state.sessions[id]?.status = status
      return !state.faults.losesObservations
    }
    if isHeard { hints.yield(EngineObservation(id, status)) }
  }

  public func census() async throws(EngineError) -> Census {
    let (sessions, error) = state.withLock { ($0.sessions.mapValues(\.status), $0.faults.unavailable) }
    if let error { throw error }
    return Census(sessions)
  }

  public func usage() async throws(EngineError) -> [SessionID: Usage] {
    try await census().sessions.compactMapValues { status in
      guard case .running = status else { return nil }
      return Usage(cpu: MilliCPU(thousandths: 12), memory: .mebibytes(100))
    }
  }

  public func capacity() async throws(EngineError) -> [Node] {
    let (nodes, error) = state.withLock { ($0.nodes, $0.faults.unavailable) }
    if let error { throw error }
    return nodes
  }

  public func images() async throws(EngineError) -> [Image] { state.withLock(\.images) }

  public func forget(_ id: SessionID) async throws(EngineError) {
    guard state.withLock({ $0.faults.unforgettable }) != id else { throw EngineError("It stays.", isRetryable: true) }
    vanish(id)
  }

  public func logs(of id: SessionID, _ request: LogRequest) -> AsyncThrowingStream<[UInt8], any Error> {
    let reader = SimulatedLogReader(request)
    return AsyncThrowingStream { [self] in
      while true {
        let (lines, isOver) = state.withLock { ($0.sessions[id]?.log ?? [], $0.sessions[id]?.status.isOver ?? true) }
        if let bytes = reader.next(of: lines) { return bytes }
        if isOver || !request.follow { return nil }
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }
}
