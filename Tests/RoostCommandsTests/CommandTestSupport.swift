import ArgumentParser
import SkahaClient
import SkahaTestServer
import Synchronization

@testable import RoostCommands

/// What a command wrote, and how it ended.
struct Written: Equatable {
  var data = ""
  var messages: [String] = []
  var status = CommandStatus.success
}

/// Collects what a command writes.
final class Recorder: Sendable {
  private let state = Mutex(Written())

  var written: Written { state.withLock { $0 } }

  func output(showsProgress: Bool = false, usesColor: Bool = false) -> Output {
    Output(
      showsProgress: showsProgress, usesColor: usesColor,
      data: { bytes in self.state.withLock { $0.data += String(decoding: bytes, as: UTF8.self) } },
      messages: { text in self.state.withLock { $0.messages.append(text) } })
  }
}

/// Parses `arguments` and does the command's work against a server that plays `handler`.
func perform<Command: ClientCommand>(
  _ type: Command.Type, _ arguments: [String], showsProgress: Bool = false,
  _ handler: @escaping @Sendable (RecordedRequest) async -> Reply
) async throws -> (written: Written, requests: [String]) {
  try await withTestServer(handler) { server in
    try await withSkahaClient(server: server.url) { client in
      let recorder = Recorder()
      let command = try Command.parse(arguments)
      let status = try await command.perform(client: client, output: recorder.output(showsProgress: showsProgress))
      var written = recorder.written
      written.status = status
      return (written, server.lines)
    }
  }
}

/// Two sessions whose ids begin alike, and one that has failed.
let someSessions = """
  [{"id": "abcd1111", "userid": "tess", "name": "one", "type": "headless", "status": "Running",
    "image": "h/skaha/terminal:1", "startTime": "2026-03-05T21:48:29Z", "createTime": "2026-03-05T21:48:28Z"},
   {"id": "abce2222", "userid": "tess", "name": "second", "type": "notebook", "status": "Pending",
    "image": "h/skaha/lab:2", "createTime": "2026-03-05T21:48:30Z", "reason": "Needs 8 cores, 4 are free."},
   {"id": "zzzz3333", "userid": "tess", "name": "old", "type": "headless", "status": "Failed", "exitCode": "3",
    "image": "h/skaha/terminal:1", "createTime": "2026-03-05T21:48:20Z", "reason": "Exit code 3."}]
  """
