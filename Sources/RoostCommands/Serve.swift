public import ArgumentParser
import Foundation
import Glibc
import Identity
import Logging
import RoostServer
import SkahaClient

/// `roost serve`: runs a server.
public struct Serve: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    abstract: "Run a Roost server.",
    discussion: """
      When the server takes requests it prints one line on standard output, 'ready http://HOST:PORT'; logs go to \
      standard error. Ctrl-C stops it and leaves running sessions running: the next start finds them.
      """)

  @Option(help: ArgumentHelp("Where everything is kept.", valueName: "dir"))
  var data = Serve.defaultDataDirectory

  @Option(help: ArgumentHelp("Where to listen (default: 127.0.0.1:8080).", valueName: "host:port"))
  var listen: String?

  @Option(help: ArgumentHelp("A configuration file; see docs/configuration.md.", valueName: "file"))
  var config: String?

  @Flag(help: "On the first start, run a sample session and show how to use the server.")
  var welcome = false

  @Option(help: ArgumentHelp("How much to log: debug, info, warning or error.", valueName: "level"))
  var logLevel = "info"

  public init() {}

  /// Where a server keeps its data when it is not told.
  static var defaultDataDirectory: String {
    geteuid() == 0 ? "/var/lib/roost" : NSHomeDirectory() + "/.local/share/roost"
  }

  public func run() async throws {
    // A reader of our output that goes away must not take the server with it.
    signal(SIGPIPE, SIG_IGN)
    let logger = ServerLogging.logger(level: try level())
    do {
      let server = try await RoostServer(try serverConfiguration(), logger: logger) { configuration, directory in
        try await LocalEngineAssembly.make(configuration, directory, logger: logger)
      }
      try await server.run { [welcome] ready in
        Self.announce(ready)
        if welcome, ready.isFirstStart { await Self.showWelcome(ready) }
      }
    } catch {
      throw CommandFailure(status: .failure, message: "\(error)")
    }
  }

  private func level() throws(CommandFailure) -> Logger.Level {
    guard let level = Logger.Level(rawValue: logLevel) else {
      throw .usage("'\(logLevel)' is not a log level; there are debug, info, warning and error.")
    }
    return level
  }

  func serverConfiguration() throws -> ServerConfiguration {
    let file = try config.map { try ConfigurationFile(contentsOf: URL(filePath: $0)) } ?? ConfigurationFile()
    let text = listen ?? file.listen ?? ListenAddress().description
    guard let address = ListenAddress(text) else {
      throw StartError("'\(text)' is not an address to listen on; write HOST:PORT, such as 127.0.0.1:8080.")
    }
    return ServerConfiguration(
      dataDirectory: URL(filePath: data, directoryHint: .isDirectory).standardizedFileURL, listen: address, file: file)
  }

  /// The one line on standard output that programs wait for.
  private static func announce(_ ready: RoostServer.Ready) {
    StandardStream.output.write("ready \(ready.url)\n".utf8)
  }

  private static func showWelcome(_ ready: RoostServer.Ready) async {
    let output = Output(data: { _ in }, messages: { StandardStream.error.write(($0 + "\n").utf8) })
    do {
      let file = try Identity.CredentialsFile(json: try Data(contentsOf: ready.credentialsFile))
      try await withSkahaClient(server: ready.url + "/skaha", credential: .token(file.token)) { client in
        await Welcome(client: client, url: ready.url, credentialsPath: ready.credentialsFile.path, output: output).run()
      }
    } catch {
      output.message("The tour cannot be given: \(error)")
    }
  }
}
