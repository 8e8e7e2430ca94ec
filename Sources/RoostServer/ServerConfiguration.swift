public import Foundation

/// Everything that decides how a server runs: flags and the configuration file, put together.
public struct ServerConfiguration: Sendable {
  /// Where the journal, logs, homes and credentials are.
  public var dataDirectory: URL
  public var listen: ListenAddress
  public var file: ConfigurationFile

  public init(dataDirectory: URL, listen: ListenAddress, file: ConfigurationFile = ConfigurationFile()) {
    self.dataDirectory = dataDirectory
    self.listen = listen
    self.file = file
  }
}

/// Where a server listens.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  public var host: String
  /// 0 lets the system choose.
  public var port: Int

  public init(host: String = "127.0.0.1", port: Int = 8080) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`; a host with colons stands in brackets.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    let host = text[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    guard !host.isEmpty, isBracketed || !host.contains(":") else { return nil }
    self.init(host: isBracketed ? String(host.dropFirst().dropLast()) : String(host), port: port)
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The address as the base of URLs. A server that listens everywhere is reached at this machine's loopback.
  public var url: String {
    let reachable = ["0.0.0.0", "::"].contains(host) ? ListenAddress(host: "127.0.0.1", port: port) : self
    return "http://\(reachable)"
  }
}
