public import Engine
public import Foundation
import Glibc
import Hummingbird
import HummingbirdCore
import Identity
import Journal
public import Logging
import NIOCore
public import ServiceLifecycle
import SessionCore
public import SessionManager
public import Sessions
import SkahaAPI
import UnixSignals

/// A server: the parts of Roost put together around one data directory.
public struct RoostServer: Sendable {
  public let manager: SessionManager
  let configuration: ServerConfiguration
  let directory: DataDirectory
  let journal: Journal
  let logger: Logger
  private let lock: DataDirectoryLock
  private let engineServices: [any Service]

  /// Opens the data directory and its journal.
  ///
  /// - Parameters:
  ///   - engine: makes the engine, given the data directory.
  ///   - now: the clock.
  /// - Throws: `StartError` or another error whose description is a sentence for the operator.
  public init(
    _ configuration: ServerConfiguration, logger: Logger, now: @escaping @Sendable () -> Instant = SystemClock.now,
    engine: (ServerConfiguration, DataDirectory) async throws -> RunnableEngine
  ) async throws {
    self.configuration = configuration
    self.logger = logger
    directory = try DataDirectory(preparing: configuration.dataDirectory)
    lock = try DataDirectoryLock(of: directory)
    journal = try Journal(directory: directory.url)
    let runnable = try await engine(configuration, directory)
    engineServices = runnable.services
    manager = try SessionManager(
      journal: journal, engine: runnable.engine, settings: configuration.settings, now: now, logger: logger)
    try FirstStart.makeAdministrator(in: journal, directory, url: configuration.listen.url)
  }

  /// What is known once the server takes requests.
  public struct Ready: Sendable {
    /// The server's base, such as `http://127.0.0.1:8080`.
    public let url: String
    public let credentialsFile: URL
    /// Whether no server has taken requests on this data directory before.
    public let isFirstStart: Bool
  }

  /// Serves until SIGTERM or SIGINT. Running sessions are left running.
  ///
  /// - Parameter onReady: called once requests are taken.
  /// - Throws: `StartError` if the address cannot be listened on.
  public func run(onReady: @escaping @Sendable (Ready) async -> Void) async throws {
    defer { lock.release() }
    await manager.start()
    let ready = ReadyService { port in await announce(port, onReady) }
    var application = Application(
      responder: responder, server: .http1(configuration: HTTPLimits.channel),
      configuration: .init(
        address: .hostname(configuration.listen.host, port: configuration.listen.port),
        availableConnectionsDelegate: MaximumAvailableConnections(HTTPLimits.connections)),
      onServerRunning: { ready.serverListens(on: $0.localAddress?.port ?? configuration.listen.port) }, logger: logger)
    application.addServices(manager, ready)
    for service in engineServices { application.addServices(service) }
    do {
      try await group(of: application).run()
    } catch let error as IOError {
      throw StartError(explain(error))
    } catch let error as SocketAddressError.UnknownHost {
      throw StartError(
        "Roost cannot listen on \(configuration.listen): this machine does not know the host '\(error.host)'.")
    }
  }

  /// A client that does not read its answer must not keep the server from stopping.
  private func group(of application: some Service) -> ServiceGroup {
    var services = ServiceGroupConfiguration(
      services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    services.maximumGracefulShutdownDuration = .seconds(10)
    return ServiceGroup(configuration: services)
  }

  private var responder: RoostResponder {
    RoostResponder(
      gate: Gate(journal: journal),
      skaha: SkahaAPI(manager: manager, configuration: configuration.skaha, logger: logger), manager: manager)
  }

  private func announce(_ port: Int, _ onReady: @Sendable (Ready) async -> Void) async {
    var address = configuration.listen
    address.port = port
    do {
      try FirstStart.updateAddress(in: directory, url: address.url)
    } catch {
      logger.error("The address in the credentials file is out of date", metadata: ["error": "\(error)"])
    }
    await onReady(
      Ready(url: address.url, credentialsFile: directory.credentialsFile, isFirstStart: directory.noteService()))
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

/// An engine, and what has to run for it to work.
public struct RunnableEngine: Sendable {
  public let engine: any Engine
  public let services: [any Service]

  public init(_ engine: any Engine, services: [any Service] = []) {
    self.engine = engine
    self.services = services
  }
}
