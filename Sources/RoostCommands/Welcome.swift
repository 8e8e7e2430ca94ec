public import SkahaClient

/// The tour that a first start of the server gives: one session from its creation to its end, then how to go on.
///
/// Everything goes to the output's messages. Whatever goes wrong is said in a sentence; the server goes on.
public struct Welcome {
  let client: SkahaClient
  let url: String
  let credentialsPath: String
  let output: Output
  /// How long the sample session may take.
  var patience: Duration = .seconds(60)

  /// Prepares the tour.
  ///
  /// - Parameters:
  ///   - client: A client of the server, with the administrator's token.
  ///   - url: The server's base URL, such as `http://127.0.0.1:8080`.
  ///   - credentialsPath: The file that holds the administrator's token; the token itself is not printed.
  ///   - output: Where to write.
  public init(client: SkahaClient, url: String, credentialsPath: String, output: Output = .standard) {
    self.client = client
    self.url = url
    self.credentialsPath = credentialsPath
    self.output = output
  }

  /// Gives the tour.
  public func run() async {
    do { try await showSession() } catch {
      output.message(
        "The sample session did not work: \(WelcomeText.sentence(for: error)) The server runs all the same.")
    }
    output.message(WelcomeText(url: url, credentialsPath: credentialsPath).nextSteps)
  }

  private func showSession() async throws {
    output.message("\nA first session, as `roost run` would start it:\n")
    let begin = ContinuousClock.now
    let created = try await client.create(
      name: "welcome", image: "images.canfar.net/skaha/terminal:1.1.2", cores: 1, ram: 1, cmd: "sh",
      args: ["-c", WelcomeText.script])
    guard let id = try created.get().first else { return }
    output.message("  +\(milliseconds(since: begin)) ms  Created \(id)")
    let session = try await watch(id, begin)
    let log = try await client.logs([id]).get()[0]
    output.message("\nIts log:\n")
    for line in log.split(separator: "\n", omittingEmptySubsequences: false).prefix(20) where !line.isEmpty {
      output.message("  \(printable(String(line)))")
    }
    if session.status != .completed {
      output.message("\nIt is \(session.status). \(printable(session.reason ?? "See: roost events \(id)"))")
    }
  }

  /// Tells each event once, until the session has ended or patience has.
  private func watch(_ id: String, _ begin: ContinuousClock.Instant) async throws -> SkahaSession {
    var told = 0
    while true {
      let session = try await client.info([id]).get()[0]
      let events = try await client.events([id]).get()[0]
      let times = WelcomeText.times(of: events)
      for (index, event) in events.enumerated().dropFirst(told) {
        let time = times?[index] ?? milliseconds(since: begin)
        output.message("  +\(time) ms  \(printable(event.reason))  \(printable(event.message))")
      }
      told = max(told, events.count)
      if session.status.isFinal || ContinuousClock.now - begin > patience { return session }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
