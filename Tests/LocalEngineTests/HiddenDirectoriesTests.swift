import Engine
import Testing

@testable import LocalEngine

@Suite("What sessions must not be shown")
struct HiddenDirectoriesTests {
  @Test(
    "showing a directory conflicts with what it holds, what it is, and what it lies in",
    arguments: [("/data", "/data/roost"), ("/data/roost", "/data/roost"), ("/data/roost/homes", "/data/roost")])
  func conflicts(shown: String, secret: String) {
    #expect(HiddenDirectories.conflict(of: shown, with: ["/other", secret]) == secret)
  }

  @Test("a directory beside it does not", arguments: ["/data/roost2", "/data/catalogues", "/dat"])
  func neighbours(shown: String) {
    #expect(HiddenDirectories.conflict(of: shown, with: ["/data/roost"]) == nil)
  }

  @Test("an image that would show the server's directories is refused when the engine is opened")
  func shareIsRefused() async throws {
    let error = await #expect(throws: EngineError.self) {
      try await LocalEngineFixture.with({ configuration in
        let parent = configuration.directory.split(separator: "/").dropLast().joined(separator: "/")
        configuration.catalogue.entries[0].share = ["/" + parent]
      }) { _ in }
    }
    #expect(error?.message.contains("skaha/terminal") == true)
  }
}
