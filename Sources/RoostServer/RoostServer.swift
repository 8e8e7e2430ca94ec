public import Engine
public import Foundation
import Glibc
import Hummingbird
import HummingbirdCore
import Identity
import Journal
public import Logging
import NIOCore
import ServiceLifecycle
import SessionCore
public import SessionManager
public import Sessions
import SkahaAPI

/// A server: the parts of Roost put together around one data directory.
public struct RoostServer: Sendable {
  public let manager: SessionManager
  let configuration: ServerConfiguration
  let directory: DataDirectory
  let journal: Journal
  let logger: Logger
  private let lock: DataDirectoryLock
  private let isFirstStart: Bool

  /// Opens the data directory and its journal.
  ///
  /// - Parameters:
  ///   - engine: makes the engine, given the data directory.
  ///   - now: the clock.
  /// - Throws: `StartError` or another error whose description is a sentence for the operator.
  public init(
    _ configuration: ServerConfiguration, logger: Logger, now: @escaping @Sendable () -> Instant = SystemClock.now,
    engine: (ServerConfiguration, DataDirectory) async throws -> any Engine
  ) async throws {
    self.configuration = configuration
    self.logger = logger
    directory = try DataDirectory(preparing: configuration.dataDirectory)
    lock = try DataDirectoryLock(of: directory)
    journal = try Journal(directory: directory.url)
    manager = try SessionManager(
      journal: journal, engine: try await engine(configuration, directory), settings: configuration.settings,
      now: now, logger: logger)
    isFirstStart = try FirstStart.makeAdministrator(in: journal, directory, url: configuration.listen.url)
  }

  /// What is known once the server takes requests.
  public struct Ready: Sendable {
    /// The server's base, such as `http://127.0.0.1:8080`.
    public let url: String
    public let credentialsFile: URL
    /// Whether this is the first start on this data directory.
    public let isFirstStart: Bool
  }

  /// Serves until SIGTERM or SIGINT. Running sessions are left running.
  ///
  /// - Parameter onReady: called once requests are taken.
  /// - Throws: `StartError` if the address cannot be listened on.
  public func run(onReady: @escaping @Sendable (Ready) async -> Void) async throws {
    await manager.start()
    let responder = RoostResponder(
      gate: Gate(journal: journal),
      skaha: SkahaAPI(manager: manager, configuration: configuration.skaha, logger: logger), manager: manager)
    var application = Application(
      responder: responder, server: .http1(configuration: HTTPLimits.channel),
      configuration: .init(address: .hostname(configuration.listen.host, port: configuration.listen.port)),
      onServerRunning: { channel in await self.announce(channel, onReady) }, logger: logger)
    application.addServices(manager)
    do {
      try await application.runService()
    } catch let error as IOError {
      throw StartError(explain(error))
    }
  }

  private func announce(_ channel: any Channel, _ onReady: @Sendable (Ready) async -> Void) async {
    var address = configuration.listen
    address.port = channel.localAddress?.port ?? address.port
    do {
      try FirstStart.updateAddress(in: directory, url: address.url)
    } catch {
      logger.error("The address in the credentials file is out of date", metadata: ["error": "\(error)"])
    }
    await onReady(
      Ready(url: address.url, credentialsFile: directory.credentialsFile, isFirstStart: isFirstStart))
  }

  private func explain(_ error: IOError) -> String {
    let reason = String(cString: strerror(error.errnoCode))
    let fix =
      switch error.errnoCode {
      case EADDRINUSE: "Another program listens there. Stop it, or choose another port with --listen."
      case EACCES: "Ports below 1024 need root. Choose another port with --listen."
      case EADDRNOTAVAIL: "This machine has no such address. Choose another with --listen."
      default: "Choose another address with --listen."
      }
    return "Roost cannot listen on \(configuration.listen): \(reason). \(fix)"
  }
}
