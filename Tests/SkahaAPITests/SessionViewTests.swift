import HTTPTypes
import RoostTestSupport
import Sessions
import Testing

struct SessionViewTests {
  private func running(_ skaha: SkahaFixture, _ query: String = "&cores=2&ram=4") async throws -> SessionID {
    let id = try await skaha.create(query)
    #expect(try await skaha.roost.wait(for: id) { $0 == .running })
    return id
  }

  @Test func `v1 shows amounts as strings, gigabytes in decimal, and leaves out what it does not know`() async throws {
    try await SkahaFixture.with { skaha in
      let id = try await running(skaha)
      let object = try await skaha.ask(.get, "/skaha/v1/session/\(id)?view=event").object()
      #expect(object["id"] as? String == id.text)
      #expect(object["status"] as? String == "Running")
      #expect(object["requestedRAM"] as? String == "4.29")
      #expect(object["requestedCPUCores"] as? String == "2")
      #expect(object["requestedGPUCores"] as? String == "0")
      #expect(object["runAsUID"] as? String == "5000")
      #expect(object["cpuCoresInUse"] as? String == "0.012")
      #expect(object["isFixedResources"] as? Bool == true)
      #expect(object["connectURL"] as? String == "")
      #expect((object["startTime"] as? String)?.hasSuffix("Z") == true)
      #expect(object["appid"] == nil)
    }
  }

  @Test func `v0 shows sizes with units and a word for what it does not know`() async throws {
    try await SkahaFixture.with { skaha in
      let id = try await running(skaha)
      let object = try await skaha.ask(.get, "/skaha/v0/session/\(id)").object()
      #expect(object["requestedRAM"] as? String == "4G")
      #expect(object["ramInUse"] as? String == "100Mi")
      #expect(object["cpuCoresInUse"] as? String == "12m")
      #expect(object["appid"] as? String == "<none>")
      #expect(object["connectURL"] as? String == "not-applicable")
    }
  }

  @Test func `a flexible session shows no request in v1`() async throws {
    try await SkahaFixture.with { skaha in
      let id = try await running(skaha, "")
      let object = try await skaha.ask(.get, "/skaha/v1/session/\(id)").object()
      #expect(object["requestedRAM"] == nil)
      #expect(object["isFixedResources"] as? Bool == false)
    }
  }

  @Test(arguments: ["Succeeded", "Completed", "completed"])
  func `the words for success are one`(word: String) async throws {
    try await SkahaFixture.with { skaha in
      let id = try await skaha.create("&cmd=exit&args=0")
      #expect(try await skaha.roost.wait(for: id) { $0.isTerminal })
      #expect(try await skaha.ask(.get, "/skaha/v1/session?status=\(word)&type=headless").list().count == 1)
      #expect(try await skaha.ask(.get, "/skaha/v1/session?status=Failed").list().isEmpty)
      #expect(try await skaha.ask(.get, "/skaha/v1/session?status=Nonsense").list().isEmpty)
      #expect(try await skaha.ask(.get, "/skaha/v1/session/\(id)").object()["status"] as? String == "Completed")
      #expect(try await skaha.ask(.get, "/skaha/v0/session/\(id)").object()["status"] as? String == "Succeeded")
    }
  }

  @Test func `everybody sees of others no more than whose, what kind, and how it is`() async throws {
    try await SkahaFixture.with { skaha in
      _ = try await running(skaha)
      let list = try await skaha.ask(.get, "/skaha/v1/session?view=all", as: Sample.bob).list()
      #expect(list.count == 1)
      #expect(Set(list[0].keys) == ["userid", "type", "status", "startTime"])
      #expect(try await skaha.ask(.get, "/skaha/v1/session", as: Sample.bob).list().isEmpty)
    }
  }

  @Test func `the interactive view leaves headless sessions out`() async throws {
    try await SkahaFixture.with { skaha in
      _ = try await running(skaha)
      _ = try await skaha.create("&type=notebook")
      let list = try await skaha.ask(.get, "/skaha/v1/session?view=Interactive").list()
      #expect(list.map { $0["type"] as? String } == ["notebook"])
    }
  }

  @Test func `events of a session that waits say what it waits for`() async throws {
    try await SkahaFixture.with { skaha in
      _ = try await skaha.create("&cores=4")
      let waiting = try await skaha.create("&cores=4")
      let lines = try await skaha.ask(.get, "/skaha/v1/session/\(waiting)?view=events").text.split(separator: "\n")
      #expect(lines.first?.hasPrefix("TYPE ") == true)
      #expect(lines.last?.contains("needs 4 cores, 0 cores free") == true)
      for line in lines.dropFirst() {
        #expect(line.split(separator: /\s{2,}/).count == 5)
      }
      let log = try await skaha.ask(.get, "/skaha/v1/session/\(waiting)?view=logs").text
      #expect(log.hasPrefix("[roost] Waiting, 1 of 1 in the queue: needs 4 cores"))
    }
  }

  @Test func `logs are the output, as much of it as was asked for`() async throws {
    try await SkahaFixture.with { skaha in
      let id = try await skaha.create("&cmd=print&args=one%20two%20three")
      #expect(try await skaha.roost.wait(for: id) { $0.isTerminal })
      #expect(try await skaha.ask(.get, "/skaha/v1/session/\(id)?view=logs").text == "one\ntwo\nthree\n")
      #expect(try await skaha.ask(.get, "/skaha/v1/session/\(id)?view=logs&tail=1").text == "three\n")
      #expect(try await skaha.ask(.get, "/skaha/v1/session/\(id)?view=logs&timestamps=true").text.contains("Z one\n"))
      #expect(try await skaha.ask(.get, "/skaha/v1/session/\(id)?view=logs&tail=x").status == 400)
      #expect(try await skaha.ask(.get, "/skaha/v1/session/\(id)?view=logs&since=yesterday").status == 400)
    }
  }
}
