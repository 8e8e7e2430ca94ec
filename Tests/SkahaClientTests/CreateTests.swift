import SkahaTestServer
import Testing

@testable import SkahaClient

@Suite struct CreateTests {
  @Test func `replicas are sent as the published clients were recorded to send them`() async throws {
    var options = SkahaClient.Options()
    options.concurrency = 1
    let lines = try await withClient(options: options, { _ in Reply(200, "k3j9x0ab\n") }) { client, server in
      _ = try await client.create(
        name: "test", image: "images.canfar.net/skaha/terminal:1.1.1", cores: 2, ram: 8, gpu: 1, cmd: "python3",
        args: "-c \"print(1)\" --x=1", env: ["URL": "http://x/?q=1&r=2", "FOO": "a=b c"], replicas: 2)
      return server.lines
    }
    let image = "images.canfar.net%2Fskaha%2Fterminal%3A1.1.1"
    let middle = "&image=\(image)&cores=2&ram=8&type=headless&gpus=1&cmd=python3&args=-c+%22print%281%29%22+--x%3D1"
    let env = "&env=FOO%3Da%3Db+c&env=URL%3Dhttp%3A%2F%2Fx%2F%3Fq%3D1%26r%3D2"
    #expect(
      lines == [
        "POST /skaha/v1/session?name=test-1\(middle)\(env)&env=REPLICA_ID%3D1&env=REPLICA_COUNT%3D2",
        "POST /skaha/v1/session?name=test-2\(middle)\(env)&env=REPLICA_ID%3D2&env=REPLICA_COUNT%3D2",
      ])
  }

  @Test func `a single session keeps its name, and what is not asked for is not sent`() async throws {
    let lines = try await linesSent(reply: { Reply(200, "k3j9x0ab\n") }) { client in
      _ = try await client.create(name: "nb", image: "images.canfar.net/skaha/base-notebook:latest", kind: .notebook)
    }
    #expect(
      lines == [
        "POST /skaha/v1/session?name=nb&image=images.canfar.net%2Fskaha%2Fbase-notebook%3Alatest&type=notebook"
          + "&env=REPLICA_ID%3D1&env=REPLICA_COUNT%3D1"
      ])
  }

  @Test func `characters outside ASCII and fractions of a core survive`() async throws {
    let lines = try await linesSent(reply: { Reply(200, "k3j9x0ab\n") }) { client in
      _ = try await client.create(name: "e", image: "i", cores: 0.5, env: ["A": "é\n~+"])
    }
    #expect(
      lines == [
        "POST /skaha/v1/session?name=e&image=i&cores=0.5&type=headless&env=A%3D%C3%A9%0A~%2B"
          + "&env=REPLICA_ID%3D1&env=REPLICA_COUNT%3D1"
      ])
  }

  @Test(arguments: ["k3j9x0ab\n", "k3j9x0ab\r\n", "k3j9x0ab"])
  func `the id is read with any line end`(answer: String) async throws {
    try await withClient({ _ in Reply(200, answer) }) { client, _ in
      let created = try await client.create(name: "a", image: "i")
      #expect(try created.get() == ["k3j9x0ab"])
      #expect(created[0].key == Replica(number: 1, name: "a"))
    }
  }

  @Test(arguments: ["", "{\"id\":\"abc\"}", "<html>login</html>"])
  func `an answer that is no id is an error, not an id`(answer: String) async throws {
    try await withClient({ _ in Reply(200, answer) }) { client, _ in
      let created = try await client.create(name: "a", image: "i")
      #expect(created.failures.map(\.error.kind) == [.invalidAnswer])
    }
  }

  @Test func `replicas that are refused stand beside those that are accepted`() async throws {
    try await withClient({ request in
      request.uri.contains("name=a-2")
        ? Reply(400, "User U has reached the maximum of 3 active sessions.\n") : Reply(200, "k3j9x0ab\n")
    }) { client, _ in
      let created = try await client.create(name: "a", image: "i", replicas: 3)
      #expect(created.successes.map(\.key.number) == [1, 3])
      #expect(created.failures.map(\.key.name) == ["a-2"])
      let error = try #require(created.failures.first?.error)
      #expect(error.kind == .quota)
      #expect(error.message == "User U has reached the maximum of 3 active sessions.")
      #expect(throws: error) { try created.get() }
    }
  }

  @Test func `what no server can do is refused before anything is sent`() async throws {
    let lines = try await linesSent { client in
      await #expect(throws: SkahaError.self) { try await client.create(name: "", image: "i") }
      await #expect(throws: SkahaError.self) { try await client.create(name: "a", image: "") }
      await #expect(throws: SkahaError.self) { try await client.create(name: "a", image: "i", replicas: 0) }
      await #expect(throws: SkahaError.self) { try await client.create(name: "a", image: "i", replicas: 513) }
      await #expect(throws: SkahaError.self) { try await client.create(name: "a", image: "i", cores: 0) }
      await #expect(throws: SkahaError.self) { try await client.create(name: "a", image: "i", ram: .nan) }
      await #expect(throws: SkahaError.self) { try await client.create(name: "a", image: "i", env: ["A=B": "c"]) }
    }
    #expect(lines.isEmpty)
  }

  @Test func `a command for a session that would ignore it is refused`() async throws {
    let lines = try await linesSent { client in
      await #expect(throws: SkahaError.self) {
        try await client.create(name: "a", image: "i", kind: .notebook, cmd: "env")
      }
    }
    #expect(lines.isEmpty)
  }

  @Test func `arguments are quoted only where a shell would take them apart`() {
    #expect(SkahaArguments(["-c", "print(1)"]).text == "-c print(1)")
    #expect(SkahaArguments(["-c", "echo 'a b'"]).text == #"-c 'echo '\''a b'\'''"#)
    #expect(SkahaArguments(["", "a\\b", "\""]).text == #"'' 'a\b' '"'"#)
    #expect(SkahaArguments("-c \"print(1)\"").text == "-c \"print(1)\"")
  }
}
