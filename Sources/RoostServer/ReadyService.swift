import ServiceLifecycle

/// Says once that requests are taken. A service, so that what is told may take its time while requests are served.
struct ReadyService: Service {
  private let ports: AsyncStream<Int>
  private let port: AsyncStream<Int>.Continuation
  private let onReady: @Sendable (Int) async -> Void

  init(onReady: @escaping @Sendable (Int) async -> Void) {
    (ports, port) = AsyncStream.makeStream()
    self.onReady = onReady
  }

  /// Called when the server listens, with the port that it listens on.
  func serverListens(on number: Int) { port.yield(number) }

  /// A service that returns ends its group, so this one waits for the shutdown.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      for await number in ports { await onReady(number) }
    }
  }
}
