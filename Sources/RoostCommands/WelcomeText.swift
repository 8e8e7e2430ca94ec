import Foundation
import SkahaClient

/// The words of the tour, apart from what the server says.
struct WelcomeText {
  let url: String
  let credentialsPath: String

  /// What the sample session runs.
  static let script =
    "echo \"Hello from $(hostname), replica $REPLICA_ID of $REPLICA_COUNT\"; echo \"I am $(id -un) in $(pwd)\""

  /// Milliseconds from the first event to each, if the server's times are finer than a second.
  static func times(of events: [SkahaEvent]) -> [Int64]? {
    let times = events.map { $0.lastTime ?? $0.firstTime }
    let seconds = times.compactMap { $0?.timeIntervalSince1970 }
    guard seconds.count == events.count, let first = seconds.first,
      seconds.contains(where: { $0 != $0.rounded() })
    else { return nil }
    return seconds.map { Int64((($0 - first) * 1000).rounded()) }
  }

  /// How to point each client at this server. The token is read from its file, so that it is not seen here.
  var nextSteps: String {
    let file = Self.shellQuoted(credentialsPath)
    let token = "python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[\"token\"])' \(file)"
    return """

      This server: \(url)   Your credentials: \(credentialsPath)

      roost:
        export ROOST_CREDENTIALS=\(file)
        roost run headless skaha/terminal:1.1.2 -- echo hello

      canfar 1.5.2:
        export CANFAR_URL=\(url)/skaha/v1
        export CANFAR_TOKEN=$(\(token))
        canfar create headless skaha/terminal:1.1.2 -- env && canfar ps --all

      skaha 1.7.0 (Python):
        import json
        from skaha.session import Session
        token = json.load(open("\(credentialsPath)"))["token"]
        print(Session(server="\(url)/skaha", version="v1", token=token).fetch())

      Swift:
        let client = try SkahaClient(server: "\(url)", credential: .token(token))
        print(try await client.fetch())

      Ctrl-C stops the server; running sessions go on, and are found again at the next start.
      """
  }

  static func sentence(for error: any Error) -> String {
    let text = printable("\(error)")
    return text.hasSuffix(".") ? text : text + "."
  }

  /// `text` as one word of a shell.
  static func shellQuoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
