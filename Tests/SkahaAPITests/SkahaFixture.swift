import Engine
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Logging
import NIOCore
import RoostTestSupport
import SessionCore
import SessionManager
import Sessions
import Testing

@testable import SkahaAPI

/// The dialect in front of a real manager, asked without a network.
struct SkahaFixture {
  let roost: ManagerFixture
  let api: SkahaAPI

  static func with<Value: Sendable>(
    interactiveSessions: Int = 5, _ body: (SkahaFixture) async throws -> Value
  ) async throws -> Value {
    try await withTemporaryDirectory { directory in
      try await ManagerFixture.with(
        directory: directory, change: { $0.policy.interactiveSessions = interactiveSessions }
      ) { roost in
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try await body(
          SkahaFixture(roost: roost, api: SkahaAPI(manager: roost.manager, configuration: .init(), logger: logger)))
      }
    }
  }

  struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    func object() throws -> [String: any Sendable] {
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: any Sendable] ?? [:]
    }

    func list() throws -> [[String: any Sendable]] {
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: any Sendable]] ?? []
    }
  }

  func ask(
    _ method: HTTPRequest.Method, _ path: String, body: String = "", headers: HTTPFields = [:],
    as principal: Principal? = Sample.alice
  ) async throws -> Answer {
    let head = HTTPRequest(
      method: method, scheme: "http", authority: "roost.example:8080", path: path, headerFields: headers)
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    let response = try #require(await api.respond(to: request, principal: principal))
    return Answer(
      status: response.status.code, headers: response.headers, text: try await Self.collect(response.body))
  }

  private static func collect(_ body: ResponseBody) async throws -> String {
    let writer = CollectingWriter()
    try await body.write(writer)
    return String(decoding: writer.bytes.read(), as: UTF8.self)
  }

  /// Creates a session of `command` (as a shell would write it) and gives its id.
  func create(_ query: String = "") async throws -> SessionID {
    let answer = try await ask(.post, "/skaha/v1/session?name=test&image=\(Sample.terminal)\(query)")
    return try #require(SessionID(answer.text.trimmingCharacters(in: .newlines)), "\(answer.text)")
  }
}

/// Collects what a response writes.
struct CollectingWriter: ResponseBodyWriter {
  let bytes = CollectedBytes()

  mutating func write(_ buffer: ByteBuffer) async throws { bytes.append(Array(buffer.readableBytesView)) }
  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
