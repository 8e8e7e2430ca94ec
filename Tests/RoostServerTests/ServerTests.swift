import Foundation
import Identity
import RoostServer
import RoostTestSupport
import SkahaClient
import Testing

@Suite(.serialized, .timeLimit(.minutes(1)))
struct ServerTests {
  private let image = "images.canfar.net/skaha/terminal:1.1.2"

  private func withClient<Value: Sendable>(
    _ server: ServerFixture, token: String? = nil, _ body: (SkahaClient) async throws -> Value
  ) async throws -> Value {
    let client = try server.client(token: token)
    do {
      let value = try await body(client)
      await client.shutdown()
      return value
    } catch {
      await client.shutdown()
      throw error
    }
  }

  @Test func `the Swift client creates, lists, reads and destroys a session`() async throws {
    try await withTemporaryDirectory { directory in
      try await ServerFixture.with(directory: directory) { server in
        try await withClient(server) { client in
          let created = try await client.create(
            name: "hello", image: image, cores: 1, ram: 1, cmd: "print", args: "one two")
          let id = try #require(created.successes.first?.value)
          let isOver = try await eventually {
            try await client.fetch(status: .completed).contains { $0.id == id }
          }
          #expect(isOver)
          #expect(await client.logs([id]).successes.first?.value == "one\ntwo\n")
          #expect(await client.destroy([id]).failures.isEmpty)
          #expect(try await client.fetch().isEmpty)
          #expect(await client.info([id]).successes.first?.value.name == "hello")
        }
      }
    }
  }

  @Test func `a wrong token opens nothing`() async throws {
    try await withTemporaryDirectory { directory in
      try await ServerFixture.with(directory: directory) { server in
        try await withClient(server, token: "roost_wrong") { client in
          let error = await #expect(throws: SkahaError.self) { try await client.fetch() }
          #expect(error?.kind == .unauthenticated)
        }
      }
    }
  }

  @Test func `a user who is added while the server runs is known at once, and sees nobody else's sessions`()
    async throws
  {
    try await withTemporaryDirectory { directory in
      try await ServerFixture.with(directory: directory) { server in
        let created = try await withClient(server) {
          try await $0.create(name: "mine", image: image, cmd: "sleep")
        }
        let id = try #require(created.successes.first?.value)
        let user = try UserAdministration.addUser(named: "bob", dataDirectory: directory)
        #expect(user.url == server.url)
        try await withClient(server, token: user.token) { client in
          let own = try await client.fetch()
          #expect(own.isEmpty)
          #expect(await client.info([id]).failures.first?.error.kind == .notFound)
        }
      }
    }
  }

  @Test func `a server that is started again knows its users and its sessions`() async throws {
    try await withTemporaryDirectory { directory in
      let id = try await ServerFixture.with(directory: directory) { server in
        let created = try await withClient(server) {
          try await $0.create(name: "kept", image: image, cmd: "exit", args: "3")
        }
        let id = try #require(created.successes.first?.value)
        let isOver = try await withClient(server) { client in
          try await eventually { try await client.fetch(status: .failed).contains { $0.id == id } }
        }
        #expect(isOver)
        return id
      }
      try await ServerFixture.with(directory: directory) { server in
        try await withClient(server) { client in
          let session = try #require(await client.info([id]).successes.first?.value)
          #expect(session.exitCode == 3)
        }
      }
    }
  }

  @Test func `a log can be followed from before its session starts`() async throws {
    try await withTemporaryDirectory { directory in
      try await ServerFixture.with(directory: directory) { server in
        try await withClient(server) { client in
          let blocker = try await client.create(name: "first", image: image, cores: 4, cmd: "wait").get()[0]
          let id = try await client.create(name: "second", image: image, cores: 4, cmd: "print", args: "late").get()[0]
          async let text = client.logStream(id: id, follow: true).lines.reduce(into: "") { $0 += $1 }
          _ = await client.destroy([blocker])
          #expect(try await text == "late")
        }
      }
    }
  }
}
