import Foundation
import SkahaClient

/// Follows a log to the session's end, also on servers that do not know how to follow: there it reads again and again.
struct LogFollower {
  let client: SkahaClient
  let output: Output
  var tail: Int?
  var since: Date?
  var timestamps = false

  /// Gives `sink` every byte once, and answers the session as it ended.
  func follow(_ id: String, _ sink: ([UInt8]) -> Void) async throws -> SkahaSession {
    _ = try await Progress(client: client, output: output).wait(for: id) { $0 != .pending }
    var seen = 0
    var pause = Pause()
    while true {
      try await pass(id, &seen, sink)
      let session = try await client.info([id]).get()[0]
      if session.status.isFinal {
        try await pass(id, &seen, sink)
        return session
      }
      try await pause.sleep()
    }
  }

  private func pass(_ id: String, _ seen: inout Int, _ sink: ([UInt8]) -> Void) async throws {
    let stream = try await client.logStream(id: id, tail: tail, since: since, timestamps: timestamps)
    var position = 0
    for try await piece in stream {
      let skipped = min(piece.count, max(0, seen - position))
      position += piece.count
      if skipped < piece.count { sink(Array(piece[skipped...])) }
    }
    seen = max(seen, position)
  }
}
