import AsyncHTTPClient
import Foundation
import NIOSSL
import SkahaClient
import SkahaTestServer
import Testing

@Suite struct CertificateTests {
  @Test func `a client certificate is shown in the handshake`() async throws {
    try await withTestServer(tls: serverTLS(), { _ in Reply(200, "[]") }) { server in
      try await withSkahaClient(
        server: server.url, credential: .certificate(pemPath: certificate("client")), options: trusting
      ) { client in
        let sessions = try await client.fetch()
        #expect(sessions.isEmpty)
      }
      let headers = try #require(server.requests.first).headers
      #expect(headers["x-skaha-authentication-type"] == "certificate")
      #expect(headers["authorization"] == nil)
    }
  }

  @Test func `without the certificate the handshake fails`() async throws {
    try await withTestServer(tls: serverTLS(), { _ in Reply(200, "[]") }) { server in
      try await withSkahaClient(server: server.url, options: trusting) { client in
        let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
        #expect(error?.kind == .transport)
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a server of an unknown authority is not trusted`() async throws {
    try await withTestServer(tls: serverTLS(), { _ in Reply(200, "[]") }) { server in
      try await withSkahaClient(server: server.url, credential: .token("SEKRIT")) { client in
        let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
        #expect(error?.kind == .transport)
        #expect(error?.message.contains("TLS failed") == true)
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a certificate works with a shared HTTP client, which stays open`() async throws {
    let http = HTTPClient(eventLoopGroupProvider: .singleton)
    try await withTestServer(tls: serverTLS(), { _ in Reply(200, "[]") }) { server in
      for _ in 1...2 {
        let client = try SkahaClient(
          server: server.url, credential: .certificate(pemPath: certificate("client")), options: trusting,
          httpClient: http)
        let sessions = try await client.fetch()
        #expect(sessions.isEmpty)
        await client.shutdown()
      }
    }
    try await http.shutdown()
  }

  @Test func `on plain http a certificate is not read`() async throws {
    try await withClient(credential: .certificate(pemPath: "/nowhere.pem"), { _ in Reply(200, "[]") }) { client, _ in
      let sessions = try await client.fetch()
      #expect(sessions.isEmpty)
    }
  }

  @Test func `a certificate file that is missing or has no key is refused at once`() throws {
    let missing = #expect(throws: SkahaError.self) {
      try SkahaClient(server: "https://127.0.0.1", credential: .certificate(pemPath: "/nowhere.pem"))
    }
    #expect(missing?.message.contains("it cannot be read") == true)
    let keyless = #expect(throws: SkahaError.self) {
      try SkahaClient(server: "https://127.0.0.1", credential: .certificate(pemPath: certificate("authority")))
    }
    #expect(keyless?.message.contains("it is not PEM with what is needed") == true)
  }

  private var trusting: SkahaClient.Options {
    var options = SkahaClient.Options()
    options.certificateAuthorityPath = certificate("authority")
    return options
  }

  private func serverTLS() throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMFile(certificate("server")).map { NIOSSLCertificateSource.certificate($0) }
    let key = try NIOSSLPrivateKey(file: certificate("server"), format: .pem)
    var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
    tls.certificateVerification = .noHostnameVerification
    tls.trustRoots = .file(certificate("authority"))
    return tls
  }

  private func certificate(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Certificates/\(name).pem").path
  }
}
