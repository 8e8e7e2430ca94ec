public import Engine
public import Journal
public import Logging
public import ServiceLifecycle
public import SessionCore
public import Sessions
import Synchronization

/// The one shell around the core: it decides, writes down, answers, and acts, in this order.
///
/// Nothing is answered or done before it is on the disk, and everything that waits shares one commit. Readers never wait:
/// each turn publishes the core as a value.
public final class SessionManager: Service, Sendable {
  public let engine: any Engine
  public let settings: Settings
  let journal: Journal
  /// The clock.
  public let now: @Sendable () -> Instant
  let logger: Logger
  let inbox = Inbox()
  let usageCache = UsageCache()
  private let effects = EffectQueue()
  private let published: Mutex<SessionCore>
  private let facts = Mutex(EngineFacts())

  /// Reads the live sessions back from the journal.
  ///
  /// - Parameter now: the clock.
  /// - Throws: `JournalError` if the journal cannot be read.
  public init(
    journal: Journal, engine: any Engine, settings: Settings, now: @escaping @Sendable () -> Instant, logger: Logger
  ) throws {
    self.journal = journal
    self.engine = engine
    self.settings = settings
    self.now = now
    self.logger = logger
    let (live, lastNumber) = try journal.liveSessions()
    published = Mutex(SessionCore(policy: settings.policy, restoring: live, lastNumber: lastNumber))
  }

  /// Everything that is live, as the last turn left it.
  public var snapshot: SessionCore { published.withLock { $0 } }

  /// What the engine last said of its nodes and images.
  public var engineFacts: EngineFacts { facts.withLock { $0 } }

  /// Asks the engine what there is, before anything is decided. An engine that does not answer is asked again later.
  public func start() async {
    await refreshFacts()
    await takeCensus()
  }

  /// Runs until the task is cancelled or the service group shuts down. Sessions go on without it.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.watchEngine() }
        group.addTask { await self.every(self.settings.tickInterval) { self.inbox.put(.tick) } }
        group.addTask { await self.every(self.settings.censusInterval) { await self.takeCensus() } }
        group.addTask { await self.every(self.settings.factsInterval) { await self.refreshFacts() } }
        group.addTask { await self.every(self.settings.retentionInterval) { await self.forgetExpired() } }
        await self.decide(in: &group)
        group.cancelAll()
      }
    }
    inbox.close()
  }

  private func decide(in group: inout DiscardingTaskGroup) async {
    await inbox.forEachBatch(limit: settings.batchLimit) { batch in
      for effect in await turn(batch) { carryOut(effect, in: &group) }
    }
  }

  /// One turn: applies a batch, writes it down, publishes, answers; gives back what is to be done.
  ///
  /// If it cannot be written down it has not happened: the core stays as it was, callers are told why, and what the engine
  /// says once is kept for the next turn.
  private func turn(_ batch: [Inbox.Envelope]) async -> [Effect] {
    var core = snapshot
    let instant = now()
    let decisions = core.apply(batch.map(\.input), at: instant)
    do {
      try await journal.write(decisions.flatMap(\.changes))
    } catch {
      logger.error("Nothing is decided while the journal cannot be written", metadata: ["error": "\(error)"])
      let failure = RoostError(.unavailable, error.description, retryAfter: .seconds(30))
      for envelope in batch { envelope.answer?(.failure(failure)) }
      if Task.isCancelled { return [] }
      inbox.putBack(batch.filter { $0.answer == nil && $0.input.isSaidOnce })
      try? await Task.sleep(for: settings.journalRetryInterval)
      return []
    }
    published.withLock { $0 = core }
    for (envelope, decision) in zip(batch, decisions) {
      if let reply = decision.reply { envelope.answer?(.success(reply)) }
    }
    return decisions.flatMap(\.effects)
  }

  private func carryOut(_ effect: Effect, in group: inout DiscardingTaskGroup) {
    guard let id = effect.session else {
      group.addTask { await self.carryOut(effect) }
      return
    }
    guard effects.add(effect, on: id) else { return }
    group.addTask {
      while let effect = self.effects.next(on: id) { await self.carryOut(effect) }
    }
  }

  func setFacts(_ change: (inout EngineFacts) -> Void) { facts.withLock { change(&$0) } }
}

/// What an engine said of itself, kept so that requests need not ask it.
public struct EngineFacts: Sendable {
  public var nodes: [Node] = []
  public var images: [Image] = []
}
