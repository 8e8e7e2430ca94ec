import Engine
import Glibc
import RoostTestSupport
import Sessions
import Testing

@testable import LocalEngine

@Suite("What a sandbox leaves behind while it is built")
struct OrphanTests {
  /// While bubblewrap works its own child is neither in the cgroup nor bound to die with it. Here a script stands in for it.
  @Test("a child of the builder does not outlive a stop")
  func orphanIsKilled() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try #require(SessionID("orphaned"))
      let run = fixture.engine.runs[id]
      try Files.makeDirectory(run.path)
      let ready = fixture.directory + "/ready"
      let builder = try script("sleep 600 & : > \(ready); exec sleep 601", in: fixture.directory)
      try Files.replace(run.path + "/plan", plan(id, builder: builder))
      try fixture.engine.supervisor.watch(run.path)
      try await eventually("the builder is at work") { Files.exists(ready) }
      try await fixture.engine.stop(id, grace: .zero)
      try await eventually("nothing is left") { try !run.isSupervised() && run.hasOutcome }
    }
  }

  private func script(_ text: String, in directory: String) throws -> String {
    let path = directory + "/builder"
    try Files.replace(path, Array("#!/bin/sh\n\(text)\n".utf8))
    chmod(path, 0o755)
    return path
  }

  private func plan(_ id: SessionID, builder: String) -> [UInt8] {
    let fields = [
      ("id", id.text), ("log-limit", "1048576"), ("events", "../../none"), ("sandbox", builder), ("command", "true"),
      ("cgroup-version", "0"),
    ]
    return fields.flatMap { Array($0.utf8) + [0] + Array($1.utf8) + [0] }
  }
}
