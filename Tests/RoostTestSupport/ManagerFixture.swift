public import Engine
public import Foundation
import HashTreeCollections
import Journal
import Logging
import SessionCore
public import SessionManager
public import Sessions

/// A manager on a real journal and the simulated engine, that can be killed and started again.
public struct ManagerFixture: Sendable {
  public let manager: SessionManager
  public let engine: SimulatedEngine
  public let clock: ManualClock

  /// Runs a manager for as long as `body` runs.
  public static func with<Value: Sendable>(
    directory: URL, engine: SimulatedEngine? = nil, clock: ManualClock = ManualClock(),
    change: (inout Settings) -> Void = { _ in }, _ body: (ManagerFixture) async throws -> Value
  ) async throws -> Value {
    let engine = engine ?? SimulatedEngine(nodes: [Sample.node], images: Sample.images, now: clock.now)
    var settings = Settings(account: Sample.account)
    settings.tickInterval = .milliseconds(10)
    settings.censusInterval = .milliseconds(20)
    settings.retentionInterval = .milliseconds(50)
    change(&settings)
    let journal = try Journal(directory: directory)
    defer { journal.close() }
    let manager = try SessionManager(
      journal: journal, engine: engine, settings: settings, now: clock.now,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    await manager.start()
    let loop = Task { try await manager.run() }
    defer { loop.cancel() }
    let value = try await body(ManagerFixture(manager: manager, engine: engine, clock: clock))
    loop.cancel()
    try await loop.value
    return value
  }

  /// Waits until a session of alice's is as `condition` says.
  public func wait(for id: SessionID, until condition: (SessionState) -> Bool) async throws -> Bool {
    try await eventually { condition(try await manager.session(id, for: Sample.alice).state) }
  }
}
