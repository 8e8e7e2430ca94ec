import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension SkahaError {
  /// Says in words of its own what AsyncHTTPClient, NIO and TLS report; nothing of the request's headers gets in.
  init(transport error: any Error, server: ServerAddress, timeout: Duration) {
    switch error {
    case let error as SkahaError: self = error
    case is CancellationError: self = .cancelled
    case let error as HTTPClientError: self.init(client: error, server: server, timeout: timeout)
    case let error as NIOConnectionError:
      let reasons = error.connectionErrors.map { Self.words(for: $0.error) }
      self = .unreachable(server, Set(reasons).sorted().first ?? "the name has no address")
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      self = .unreachable(server, "TLS failed (\(error))")
    default: self = .unreachable(server, Self.words(for: error))
    }
  }

  private static func words(for error: any Error) -> String {
    (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
  }

  private init(client error: HTTPClientError, server: ServerAddress, timeout: Duration) {
    switch error {
    case .cancelled: self = .cancelled
    case .deadlineExceeded, .readTimeout: self = .timedOut(timeout)
    case .connectTimeout: self = .unreachable(server, "connecting took too long")
    case .remoteConnectionClosed: self = .unreachable(server, "the server closed the connection without an answer")
    case .alreadyShutdown:
      self = .badParameter("The client has been shut down.", advice: "Make another one.")
    default: self = .unreachable(server, error.description)
    }
  }

  static func unreachable(_ server: ServerAddress, _ reason: String) -> SkahaError {
    SkahaError(
      .transport, "No answer from \(server.base): \(presentable(reason)).",
      advice: "Check the server's address, and that it runs.")
  }

  static func timedOut(_ timeout: Duration) -> SkahaError {
    SkahaError(
      .transport, "The server did not answer within \(timeout).",
      advice: "Try again, or allow a longer timeout; the request may have been accepted all the same.")
  }
}

/// Does `work`, or gives up and cancels it when `limit` is over.
func within<Value: Sendable>(
  _ limit: Duration, _ work: @escaping @Sendable () async throws(SkahaError) -> Value
) async throws(SkahaError) -> Value {
  let first = await withTaskGroup(of: Result<Value, SkahaError>.self) { group in
    group.addTask {
      do throws(SkahaError) { return .success(try await work()) } catch { return .failure(error) }
    }
    group.addTask {
      do { try await Task.sleep(for: limit) } catch { return .failure(.cancelled) }
      return .failure(.timedOut(limit))
    }
    defer { group.cancelAll() }
    return await group.next() ?? .failure(.cancelled)
  }
  return try first.get()
}
