public import Engine
import Logging
public import Sessions
import Synchronization

/// Runs sessions on this machine: bubblewrap, control groups, and one supervisor process a session.
///
/// Everything it knows is in files, which supervisors write; it may be ended and opened again at any time.
public final class LocalEngine: Engine {
  public let capabilities: EngineCapabilities
  public let observations: AsyncStream<EngineObservation>

  let configuration: LocalEngineConfiguration
  let host: Host
  let runs: RunDirectories
  let supervisor: SupervisorProgram
  let pool = BlockingPool()
  let meter: UsageMeter
  let logger: Logger
  /// What has ended does not change, so it is read once.
  let ended = Mutex<[SessionID: EngineStatus]>([:])
  private let continuation: AsyncStream<EngineObservation>.Continuation

  init(_ configuration: LocalEngineConfiguration, host: Host, logger: Logger) {
    self.configuration = configuration
    self.host = host
    self.logger = logger
    runs = RunDirectories(path: configuration.directory + "/runs")
    supervisor = SupervisorProgram(path: configuration.supervisor)
    meter = UsageMeter(host.cgroups)
    capabilities = EngineCapabilities(name: "local", limitations: host.limitations)
    (observations, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4096))
  }

  /// Listens to supervisors and turns what they say into `observations`, until the task is cancelled.
  ///
  /// Everything works without it, only later: the census tells the same.
  /// - Throws: `EngineError` if the socket cannot be made.
  public func run() async throws(EngineError) {
    defer { continuation.finish() }
    let socket: HintSocket
    do throws(SystemFailure) { socket = try HintSocket(in: configuration.directory) } catch {
      throw EngineError("The local engine cannot listen to its supervisors: \(error).", isRetryable: false)
    }
    for await id in socket.hints() {
      let status = await pool.run { () -> EngineStatus? in self.status(of: id) }
      if let status { continuation.yield(EngineObservation(id, status)) }
    }
  }

  public func usage() async throws(EngineError) -> [SessionID: Usage] {
    try await onPool { [self] () throws(SystemFailure) in
      let known = ended.withLock { Set($0.keys) }
      return meter.measure(try runs.ids().filter { !known.contains($0) })
    }
  }

  public func capacity() async throws(EngineError) -> [Node] {
    let slots = ResourceSlots(
      cpu: configuration.cores ?? host.facts.cores, memory: configuration.memory ?? host.facts.memory,
      gpus: configuration.gpus)
    return [Node(name: host.facts.name, capacity: slots)]
  }

  public func images() async throws(EngineError) -> [Image] { configuration.catalogue.images }

  public func logs(of id: SessionID, _ request: LogRequest) -> AsyncThrowingStream<[UInt8], any Error> {
    let stream = LogStream(runs[id], request, pool: pool)
    return AsyncThrowingStream { try await stream.next() }
  }

  public func forget(_ id: SessionID) async throws(EngineError) {
    let directory = runs[id].path
    try await onPool { () throws(SystemFailure) in try Files.removeDirectory(directory) }
    _ = ended.withLock { $0.removeValue(forKey: id) }
  }

  /// Runs something that may block, and says what failed as an engine does.
  func onPool<Value: Sendable>(
    _ body: @escaping @Sendable () throws(SystemFailure) -> Value
  ) async throws(EngineError) -> Value {
    do throws(SystemFailure) { return try await pool.run(body) } catch {
      throw EngineError("The local engine: \(error).", isRetryable: true)
    }
  }
}
