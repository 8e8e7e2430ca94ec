public import Sessions

/// Something that runs sessions somewhere.
///
/// An engine knows how, never whether: it is told what to launch and stop, and it reports what it sees. Every method may
/// be called again with the same arguments after a crash or a lost answer, and must then do no harm.
public protocol Engine: Sendable {
  /// What this engine can and cannot do. Constant for the life of the engine.
  var capabilities: EngineCapabilities { get }

  /// Starts a session. Called for a session that is `scheduled`, and again for the same one after a restart of the
  /// manager if the census does not know it.
  ///
  /// Returns when the launch is on its way and `census()` knows the session. A session that was launched before, whether
  /// it still runs or has ended, is left alone: one id never runs twice.
  /// - Throws: `EngineError`; `isRetryable` says whether the same plan may succeed later.
  func launch(_ plan: LaunchPlan) async throws(EngineError)

  /// Asks a session to end, and kills what is left of it after `grace`. Returns once the request is under way; the end
  /// itself is an observation. A session that is not there, or has ended, is success.
  func stop(_ id: SessionID, grace: Duration) async throws(EngineError)

  /// Everything of ours that exists, whatever the manager believes. Called at start and again and again after it.
  /// - Throws: `EngineError` if the engine cannot be asked now; the manager then assumes nothing.
  func census() async throws(EngineError) -> Census

  /// What the engine sees, as it sees it. Hints: they may be late, repeated, or lost, since the census tells the same.
  /// May be iterated once.
  var observations: AsyncStream<EngineObservation> { get }

  /// The log of a session, running or ended, as bytes in order. An id that the engine does not know has an empty log.
  func logs(of id: SessionID, _ request: LogRequest) -> AsyncThrowingStream<[UInt8], any Error>

  /// What running sessions use at this moment. Sessions that cannot be measured are absent.
  func usage() async throws(EngineError) -> [SessionID: Usage]

  /// The nodes that sessions can be placed on, with what they have in all, not what is free.
  func capacity() async throws(EngineError) -> [Node]

  /// The images that can be launched.
  func images() async throws(EngineError) -> [Image]

  /// Deletes what is kept of an ended session: its log and outcome. Never called for one that may still run. A session
  /// that is not there is success.
  func forget(_ id: SessionID) async throws(EngineError)
}
