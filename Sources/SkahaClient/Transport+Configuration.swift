import AsyncHTTPClient
import Foundation
import NIOCore
import NIOSSL

extension HTTPClient.Configuration {
  static func forSkaha(_ options: SkahaClient.Options) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .nanoseconds(options.connectTimeout.clampedNanoseconds)))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(8, options.concurrency)
    // A refused connection is reported at once instead of being tried until the timeout.
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }
}

extension TLSConfiguration {
  /// TLS for an `https` server: the trusted authorities, and the client's certificate if it has one.
  static func forSkaha(
    _ credential: SkahaCredential, _ options: SkahaClient.Options
  ) throws(SkahaError) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let path = options.certificateAuthorityPath {
      _ = try read(path) { try NIOSSLCertificate.fromPEMFile($0) }
      configuration.trustRoots = .file(path)
    }
    if case .certificate(let path) = credential {
      let chain = try read(path) { try NIOSSLCertificate.fromPEMFile($0) }
      configuration.certificateChain = chain.map { .certificate($0) }
      configuration.privateKey = .privateKey(try read(path) { try NIOSSLPrivateKey(file: $0, format: .pem) })
    }
    return configuration
  }

  private static func read<Value>(_ path: String, _ parse: (String) throws -> Value) throws(SkahaError) -> Value {
    do { return try parse(path) } catch {
      let isReadable = FileManager.default.isReadableFile(atPath: path)
      let reason = isReadable ? "it is not PEM with what is needed" : "it cannot be read"
      throw .badParameter(
        "The certificate file '\(path)' cannot be used: \(reason).",
        advice: "It must hold a certificate in PEM and, for a client, its private key without a password.")
    }
  }
}

extension SkahaCredential {
  /// A line break in a token would end the header it travels in.
  func check() throws(SkahaError) {
    guard case .token(let token) = self else { return }
    guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw .badParameter(
        "The token cannot be used: it is empty or has blanks, line breaks or other than ASCII characters.",
        advice: "Give it exactly as the server issued it.")
    }
  }
}

extension SkahaRegistryCredential {
  var headerValue: String { Data("\(username):\(secret)".utf8).base64EncodedString() }
}

extension Duration {
  /// In nanoseconds; as much as fits for longer ones.
  var clampedNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    // A year is for ever, and leaves room to be added to the present.
    let year: Int64 = 31_536_000_000_000_000
    return overflow ? year : min(year, whole + attoseconds / 1_000_000_000)
  }
}
