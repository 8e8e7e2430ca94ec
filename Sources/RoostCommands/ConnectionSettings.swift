import Foundation
import SkahaClient

/// Which server and which credential, after flags, environment and files have been weighed against each other.
struct ConnectionSettings: Equatable {
  let url: String
  let credential: SkahaCredential

  /// Flags win over the environment, the environment over the configuration file.
  ///
  /// `read` gives the content of a file, or `nil` if it does not exist.
  init(flags: ConnectionOptions, environment: [String: String], read: (String) throws -> Data?) throws {
    let variables = environment.filter { !$0.value.isEmpty }
    let flagged = try flags.credentials.map { try CredentialsFile(required: $0, read) }
    let exported = try variables["ROOST_CREDENTIALS"].map { try CredentialsFile(required: $0, read) }
    let saved = try Self.configurationPath(variables).flatMap { try CredentialsFile(path: $0, read) }

    let urls = [flags.url, flagged?.url, variables["ROOST_URL"], exported?.url, saved?.url]
    guard let url = urls.compactMap(\.self).first else { throw CommandFailure.usage(Self.noServer) }
    self.url = url
    if let path = flags.certificate {
      credential = .certificate(pemPath: path)
    } else if let path = flags.tokenFile {
      credential = .token(try Self.token(inFile: path, read))
    } else if let token = flagged?.token ?? variables["ROOST_TOKEN"] ?? exported?.token {
      credential = .token(token)
    } else {
      credential = saved?.credential(for: url) ?? .none
    }
  }

  private static let noServer = """
    No server is known. Give --url or --credentials, set ROOST_URL or ROOST_CREDENTIALS, \
    or write {"url": …, "token": …} to ~/.config/roost/config.json.
    """

  private static func configurationPath(_ variables: [String: String]) -> String? {
    let directory = variables["XDG_CONFIG_HOME"] ?? variables["HOME"].map { $0 + "/.config" }
    return directory.map { $0 + "/roost/config.json" }
  }

  private static func token(inFile path: String, _ read: (String) throws -> Data?) throws -> String {
    guard let data = try read(path) else {
      throw CommandFailure.usage("The token file '\(path)' does not exist.")
    }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// What a credentials file, or the configuration file, says. Other fields are ignored.
struct CredentialsFile: Decodable, Equatable {
  var url: String?
  var token: String?
  /// The path of a client certificate.
  var certificate: String?

  init(required path: String, _ read: (String) throws -> Data?) throws {
    guard let file = try CredentialsFile(path: path, read) else {
      throw CommandFailure.usage("The credentials file '\(path)' does not exist.")
    }
    self = file
  }

  init?(path: String, _ read: (String) throws -> Data?) throws {
    guard let data = try read(path) else { return nil }
    do { self = try JSONDecoder().decode(CredentialsFile.self, from: data) } catch {
      throw CommandFailure.usage("The file '\(path)' is not JSON with the strings url and token.")
    }
  }

  /// The credential that was saved for this file's own server: it is not shown to any other.
  func credential(for url: String) -> SkahaCredential? {
    guard let own = self.url, Self.origin(own) == Self.origin(url) else { return nil }
    return token.map(SkahaCredential.token) ?? certificate.map { .certificate(pemPath: $0) }
  }

  private static func origin(_ url: String) -> String? {
    guard let parts = URLComponents(string: url), let scheme = parts.scheme, let host = parts.host else { return nil }
    return "\(scheme)://\(host):\(parts.port ?? (scheme == "https" ? 443 : 80))".lowercased()
  }
}
