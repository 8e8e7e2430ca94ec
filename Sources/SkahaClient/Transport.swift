import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// Sends requests to one server and reads answers within limits. The only part of the library that touches the network.
final class Transport: Sendable {
  let server: ServerAddress
  let options: SkahaClient.Options
  private let credential: SkahaCredential
  private let tls: TLSConfiguration?
  private let http: HTTPClient
  private let ownsHTTP: Bool

  init(
    server: ServerAddress, credential: SkahaCredential, options: SkahaClient.Options, http: HTTPClient?
  ) throws(SkahaError) {
    try credential.check()
    self.server = server
    self.options = options
    self.credential = credential
    tls = server.isSecure ? try TLSConfiguration.forSkaha(credential, options) : nil
    ownsHTTP = http == nil
    self.http = http ?? HTTPClient(eventLoopGroupProvider: .singleton, configuration: .forSkaha(options))
  }

  /// A client that nobody shut down must not take the process with it.
  deinit {
    if ownsHTTP { http.shutdown { _ in } }
  }

  func shutdown() async {
    if ownsHTTP { try? await http.shutdown() }
  }

  /// Sends `request` and reads the whole answer, within the timeout.
  func answer(to request: SkahaRequest) async throws(SkahaError) -> Answer {
    try await within(options.timeout) { () throws(SkahaError) in
      let response = try await self.begin(request)
      return Answer(status: response.status.code, headers: response.headers, body: try await self.body(of: response))
    }
  }

  /// Sends `request` and hands out the body of a success as it comes, for as long as it comes.
  func stream(_ request: SkahaRequest) async throws(SkahaError) -> SkahaLogStream {
    SkahaLogStream(body: try await begin(request).body, transport: self)
  }

  /// Sends `request` and waits for the head of a success; the body is the caller's to read.
  private func begin(_ request: SkahaRequest) async throws(SkahaError) -> HTTPClientResponse {
    let response: HTTPClientResponse
    do {
      response = try await http.execute(prepared(request), timeout: .nanoseconds(options.timeout.clampedNanoseconds))
    } catch {
      throw SkahaError(transport: error, server: server, timeout: options.timeout)
    }
    guard !(200..<300).contains(response.status.code) else { return response }
    throw await refusal(response)
  }

  private func prepared(_ request: SkahaRequest) -> HTTPClientRequest {
    var prepared = HTTPClientRequest(url: request.url(at: server))
    prepared.method = HTTPMethod(rawValue: request.method.rawValue)
    prepared.tlsConfiguration = tls
    // Servers read parameters only under this content type, although the body is empty.
    prepared.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    prepared.headers.add(name: "Accept", value: "*/*")
    prepared.headers.add(name: "User-Agent", value: "roost-SkahaClient")
    if let type = credential.authenticationType {
      prepared.headers.add(name: "X-Skaha-Authentication-Type", value: type)
    }
    if case .token(let token) = credential {
      prepared.headers.add(name: "Authorization", value: "Bearer \(token)")
    }
    if request.carriesRegistryCredential, let registry = options.registry {
      prepared.headers.add(name: "X-Skaha-Registry-Auth", value: registry.headerValue)
    }
    return prepared
  }

  private func refusal(_ response: HTTPClientResponse) async -> SkahaError {
    let limit = 16 << 10
    var text = ""
    do {
      for try await part in response.body where text.utf8.count < limit { text += String(buffer: part) }
    } catch {
      // The status alone still says what happened.
    }
    return .refused(
      status: Int(response.status.code), body: String(text.prefix(limit)),
      retryAfter: response.headers.first(name: "Retry-After"))
  }

  private func body(of response: HTTPClientResponse) async throws(SkahaError) -> ByteBuffer {
    do {
      return try await response.body.collect(upTo: options.maximumBodyBytes)
    } catch is NIOTooManyBytesError {
      throw SkahaError(
        .invalidAnswer, "The answer is longer than \(options.maximumBodyBytes) bytes.",
        advice: "Ask for less (a log's tail, or a log stream), or raise maximumBodyBytes.",
        status: Int(response.status.code))
    } catch {
      throw SkahaError(transport: error, server: server, timeout: options.timeout)
    }
  }
}

/// A successful answer, read to its end.
struct Answer: Sendable {
  let status: UInt
  let headers: HTTPHeaders
  let body: ByteBuffer

  var text: String { String(buffer: body) }

  func header(_ name: String) -> String? { headers.first(name: name) }
}
