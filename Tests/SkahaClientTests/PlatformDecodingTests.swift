import SkahaTestServer
import Testing

@testable import SkahaClient

@Suite struct PlatformDecodingTests {
  @Test func `stats are read with today's keys`() async throws {
    let text = """
      {"cores": {"requestedCPUCores": 873.25, "cpuCoresAvailable": 3000.0,
                 "maxCPUCores": {"cpuCores": 16.0, "withRam": "192G"}},
       "ram": {"requestedRAM": "9432.822G", "ramAvailable": "15032.386G", "maxRAM": {"ram": "192G"}},
       "gpu": {"requestedGPU": 15, "gpuAvailable": 112, "maxGPU": 7}}
      """
    try await withClient({ _ in Reply(200, text) }) { client, _ in
      let stats = try await client.stats()
      #expect(stats.cores == .init(requested: 873.25, available: 3000, largest: 16))
      #expect(stats.ram.available == SkahaBytes(15_032_386_000_000))
      #expect(stats.ram.largest == SkahaBytes(192_000_000_000))
      #expect(stats.gpus == .init(requested: 15, available: 112, largest: 7))
    }
  }

  @Test func `stats are read with the keys of older servers`() async throws {
    let text = """
      {"cores": {"requestedCPUCores": 377, "coresAvailable": 960, "maxCores": {"cores": 4, "withRam": "1G"}},
       "instances": {"session": 88, "desktopApp": 30, "headless": 0, "total": 118}}
      """
    try await withClient(version: .v0, { _ in Reply(200, text) }) { client, _ in
      let stats = try await client.stats()
      #expect(stats.cores == .init(requested: 377, available: 960, largest: 4))
      #expect(stats.instances == ["session": 88, "desktopApp": 30, "headless": 0, "total": 118])
    }
  }

  @Test func `the context is read, with its limit as a string or a number`() async throws {
    let text = """
      {"cores": {"default": 2, "defaultRequest": 1, "defaultLimit": 8, "options": [1, 2, 4]},
       "memoryGB": {"default": 8, "options": [1, 2]}, "gpus": {"options": []}, "maxInteractiveSessions": "5"}
      """
    try await withClient({ _ in Reply(200, text) }) { client, _ in
      let context = try await client.context()
      #expect(context.cores.default == 2)
      #expect(context.cores.defaultLimit == 8)
      #expect(context.cores.options == [1, 2, 4])
      #expect(context.gpus.options == [])
      #expect(context.maxInteractiveSessions == 5)
    }
  }

  @Test func `images are read with or without a digest`() async throws {
    let text = #"[{"id": "h/a:1", "types": ["headless", "notebook"], "digest": "sha256:00"}, {"id": "h/b:2"}]"#
    try await withClient({ _ in Reply(200, text) }) { client, _ in
      let images = try await client.imageDetails()
      #expect(images.map(\.id) == ["h/a:1", "h/b:2"])
      #expect(images.map(\.kinds) == [[.headless, .notebook], []])
      #expect(images.map(\.digest) == ["sha256:00", nil])
      let names = try await client.images()
      #expect(names == ["h/a:1", "h/b:2"])
    }
  }

  @Test(
    arguments: [
      (
        "<vosi:availability xmlns:vosi=\"x\"><vosi:available>true</vosi:available><vosi:note>a &lt;b&gt;</vosi:note></vosi:availability>",
        true, "a <b>"
      ),
      ("<availability><available> false </available></availability>", false, nil),
    ] as [(String, Bool, String?)])
  func `availability is read under any prefix`(xml: String, available: Bool, note: String?) async throws {
    try await withClient(credential: .none, { _ in Reply(200, xml) }) { client, _ in
      let answer = try await client.availability()
      #expect(answer.isAvailable == available)
      #expect(answer.note == note)
    }
  }

  @Test func `an answer that is not an availability document is an error`() async throws {
    try await withClient({ _ in Reply(200, "<html>") }) { client, _ in
      let error = await #expect(throws: SkahaError.self) { try await client.availability() }
      #expect(error?.kind == .invalidAnswer)
    }
  }
}
