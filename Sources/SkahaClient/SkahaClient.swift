public import AsyncHTTPClient

/// A client of a Skaha server: the CANFAR Science Platform, Roost, or any other that speaks the Session API.
///
/// ```swift
/// let client = try SkahaClient(server: "http://127.0.0.1:8080/skaha", credential: .token(token))
/// let created = try await client.create(name: "hello", image: "images.canfar.net/skaha/terminal:1.1.2", cmd: "env")
/// ```
///
/// Methods are named as in the published Python client. Those that concern several sessions answer a ``BatchResult``
/// with an item for each; the others throw a ``SkahaError``. A client is a value that many tasks may use at once.
public struct SkahaClient: Sendable {
  let transport: Transport

  /// Makes a client; nothing is sent yet.
  ///
  /// - Parameters:
  ///   - server: The URL up to `/skaha`, such as `https://ws-uv.canfar.net/skaha`. A version behind it is understood,
  ///     and a URL without a path gets `/skaha`.
  ///   - version: The dialect; `nil` for the one in the URL, or else ``SkahaVersion/v1``.
  ///   - credential: Who you are.
  ///   - options: Limits, timeouts, trusted authorities.
  ///   - httpClient: An HTTP client to share. It should not follow redirects, and is not shut down with this client.
  /// - Throws: ``SkahaError`` if the URL, the token or a certificate file cannot be used.
  public init(
    server: String, version: SkahaVersion? = nil, credential: SkahaCredential = .none, options: Options = Options(),
    httpClient: HTTPClient? = nil
  ) throws(SkahaError) {
    transport = try Transport(
      server: ServerAddress(server, version: version), credential: credential, options: options, http: httpClient)
  }

  /// The server's URL up to and without the version.
  public var server: String { transport.server.base }

  /// The dialect that is spoken.
  public var version: SkahaVersion { transport.server.version }

  /// Closes the connections. Requests under way and later ones fail.
  public func shutdown() async { await transport.shutdown() }
}

/// Makes a client for the time of `body` and shuts it down afterwards.
///
/// ```swift
/// try await withSkahaClient(server: "http://127.0.0.1:8080/skaha", credential: .token(token)) { client in
///   print(try await client.fetch().map(\.name))
/// }
/// ```
///
/// - Throws: what ``SkahaClient/init(server:version:credential:options:httpClient:)`` or `body` throws.
public func withSkahaClient<Value>(
  server: String, version: SkahaVersion? = nil, credential: SkahaCredential = .none,
  options: SkahaClient.Options = .init(), _ body: (SkahaClient) async throws -> Value
) async throws -> Value {
  let client = try SkahaClient(server: server, version: version, credential: credential, options: options)
  do {
    let value = try await body(client)
    await client.shutdown()
    return value
  } catch {
    await client.shutdown()
    throw error
  }
}
