import ArgumentParser
import Foundation
import SkahaClient

/// The flags that say which server, and who asks.
struct ConnectionOptions: ParsableArguments {
  @Option(name: .customLong("url"), help: "The server, such as http://127.0.0.1:8080 or https://host/skaha/v1.")
  var url: String?

  @Option(help: "A file that holds your token. A token on the command line would be seen by every user of the machine.")
  var tokenFile: String?

  @Option(help: "A credentials.json with url and token, as the server wrote it.")
  var credentials: String?

  @Option(help: "A PEM file with your certificate and its key, in place of a token.")
  var certificate: String?

  @Option(help: "A PEM file with the authorities to trust for https.")
  var caFile: String?

  @Option(help: "Seconds that one request may take.")
  var timeout: Double = 30

  mutating func validate() throws {
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout is \(timeout); give seconds above 0, at most 86400.")
    }
  }

  /// Makes a client from the flags, the environment and the configuration file.
  func makeClient(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> SkahaClient {
    let settings = try ConnectionSettings(flags: self, environment: environment, read: readSmallFile)
    var options = SkahaClient.Options()
    options.timeout = .milliseconds(Int64(timeout * 1000))
    options.certificateAuthorityPath = caFile
    return try SkahaClient(server: settings.url, credential: settings.credential, options: options)
  }
}

/// Reads a file of settings; `nil` if there is none.
private func readSmallFile(_ path: String) throws -> Data? {
  guard FileManager.default.fileExists(atPath: path) else { return nil }
  guard let file = FileHandle(forReadingAtPath: path), let data = try file.read(upToCount: 1 << 20) else {
    throw CommandFailure.usage("The file '\(path)' cannot be read. Check its owner and mode.")
  }
  return data
}
