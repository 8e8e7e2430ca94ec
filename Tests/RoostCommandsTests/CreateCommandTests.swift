import SkahaTestServer
import Testing

@testable import RoostCommands

@Suite struct CreateCommandTests {
  @Test(arguments: [
    ["--name", "a", "--cpu", "2", "--memory", "8", "--gpu", "1", "--env", "A=1"],
    ["-n", "a", "-c", "2", "-m", "8G", "-g", "1", "-e", "A=1"],
    ["--name", "a", "--cpus", "2", "--ram", "8192M", "--gpus", "1", "-e", "A=0", "-e", "A=1"],
  ])
  func `the words of canfar and of docker ask for the same`(options: [String]) async throws {
    let arguments = options + ["headless", "h.org/skaha/terminal:1", "--", "sh", "-c", "echo 'a b'"]
    let (written, requests) = try await perform(Create.self, arguments) { _ in Reply(200, "k3j9x0ab\n") }
    #expect(written == Written(data: "k3j9x0ab\n"))
    #expect(
      requests == [
        "POST /skaha/v1/session?name=a&image=h.org%2Fskaha%2Fterminal%3A1&cores=2&ram=8&type=headless&gpus=1&cmd=sh"
          + "&args=-c+%27echo+%27%5C%27%27a+b%27%5C%27%27%27&env=A%3D1&env=REPLICA_ID%3D1&env=REPLICA_COUNT%3D1"
      ])
  }

  @Test func `an image without a host gets the server's registry`() async throws {
    let (_, requests) = try await perform(Create.self, ["-n", "a", "headless", "skaha/terminal"]) { request in
      request.path.hasSuffix("repository") ? Reply(200, #"["images.canfar.net"]"#) : Reply(200, "k3j9x0ab\n")
    }
    #expect(requests.first == "GET /skaha/v1/repository")
    #expect(requests.last?.contains("image=images.canfar.net%2Fskaha%2Fterminal%3Alatest&") == true)
  }

  @Test func `replicas that fail are named, and the exit code says partial`() async throws {
    let (written, _) = try await perform(Create.self, ["--json", "-n", "a", "-r", "2", "headless", "i:1"]) { request in
      request.uri.contains("name=a-2") ? Reply(400, "reached the maximum of 3") : Reply(200, "k3j9x0ab\n")
    }
    #expect(written.status == .partial)
    #expect(written.messages.map { $0.prefix(14) } == ["roost: a-2: re"])
    #expect(
      written.data == """
        {
          "failures" : [
            {
              "error" : {
                "advice" : "End a session that you no longer need, or ask for less.",
                "kind" : "quota",
                "message" : "reached the maximum of 3",
                "status" : 400
              },
              "name" : "a-2",
              "replica" : 2
            }
          ],
          "results" : [
            {
              "id" : "k3j9x0ab",
              "name" : "a-1",
              "replica" : 1
            }
          ]
        }

        """)
  }

  @Test func `all replicas refused for quota is the code of quota`() async throws {
    let (written, _) = try await perform(Create.self, ["-n", "a", "-r", "2", "headless", "i:1"]) { _ in
      Reply(400, "User U has reached the maximum of 3 active sessions.")
    }
    #expect(written.status == .quota)
  }

  @Test func `waiting tells each change once, on a terminal`() async throws {
    let states = Replies(["Pending", "Pending", "Running"].map { #"{"id": "k3j9x0ab", "status": "\#($0)"}"# })
    let arguments = ["--wait", "-n", "a", "headless", "i:1"]
    let (written, _) = try await perform(Create.self, arguments, showsProgress: true) { request in
      request.method == "POST" ? Reply(200, "k3j9x0ab\n") : Reply(200, states.next())
    }
    #expect(written.data == "k3j9x0ab\n")
    #expect(written.messages.map { $0.split(separator: " ").last } == ["Pending", "Running"])
  }

  @Test(arguments: [
    ("skaha/terminal", "skaha/terminal:latest"), ("a.b/c/d:1", "a.b/c/d:1"), ("x@sha256:0", "x@sha256:0"),
  ])
  func `an image without a tag is the latest`(typed: String, whole: String) {
    #expect(ImageName.completed(typed, registry: nil) == whole)
  }

  @Test func `a session without a name is called after its image`() {
    let name = ImageName.sessionName(for: "images.canfar.net/skaha/Base_Lab:1.1")
    #expect(name.hasPrefix("base-lab-"))
    #expect(name.count == "base-lab-".count + 4)
  }
}
