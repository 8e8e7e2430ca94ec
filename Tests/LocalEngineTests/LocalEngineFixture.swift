import Engine
import Glibc
import Logging
import Sessions
import Testing

@testable import LocalEngine

/// A local engine with a directory of its own, which is cleaned up whatever a test leaves behind.
struct LocalEngineFixture: Sendable {
  let directory: String
  let engine: LocalEngine

  static let isRoot = geteuid() == 0
  static let needsRoot: Comment = "needs root, which gives each user an id of their own and sets limits"
  static let registry = "images.test.example"

  /// Opens an engine, runs `body`, and cleans up.
  static func with(
    _ change: (inout LocalEngineConfiguration) -> Void = { _ in }, body: (LocalEngineFixture) async throws -> Void
  ) async throws {
    let directory = try makeTemporaryDirectory()
    var configuration = try configuration(in: directory)
    change(&configuration)
    let fixture = LocalEngineFixture(
      directory: directory,
      engine: try await LocalEngine.open(
        configuration, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
    let result: Result<Void, any Error>
    do { result = .success(try await body(fixture)) } catch { result = .failure(error) }
    try await fixture.cleanUp()
    try result.get()
  }

  static func makeTemporaryDirectory() throws -> String {
    var template = Array("/tmp/roost-engine-XXXXXX".utf8CString)
    let path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    return try #require(path)
  }

  /// The supervisor is copied, so that every user can reach it, wherever this package is built.
  static func configuration(in directory: String) throws -> LocalEngineConfiguration {
    let own = try #require(Files.linkTarget("/proc/self/exe"))
    let built = try #require(own.split(separator: "/").dropLast().last.map { _ in own.dropLast(lastName(own).count) })
    let supervisor = directory + "/roost-supervisor"
    try Files.replace(supervisor, try Files.read(built + "roost-supervisor", limit: 1 << 28))
    chmod(supervisor, 0o755)
    chmod(directory, 0o711)
    var configuration = LocalEngineConfiguration(
      directory: directory + "/engine", homesDirectory: directory + "/homes", supervisor: supervisor,
      catalogue: ImageCatalogue(
        registry: registry,
        entries: [.init(name: "skaha/terminal", tags: ["1.1.2"], root: "/", kinds: [.headless: ["/bin/bash"]])]))
    configuration.hiddenDirectories = [directory]
    return configuration
  }

  private static func lastName(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }

  /// The engine as a manager finds it that has just been started again.
  func reopened() async throws -> LocalEngine {
    try await LocalEngine.open(
      engine.configuration, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  private func cleanUp() async throws {
    let alive = try await engine.census().sessions.filter { if case .ended = $0.value { false } else { true } }.keys
    for id in alive { try await engine.stop(id, grace: .zero) }
    try await eventually("all supervisors are gone") { try alive.allSatisfy { try !engine.runs[$0].isSupervised() } }
    _ = try await engine.census()
    removeTree(directory)
    try await eventually("the cgroups are gone") {
      cgroupParents.allSatisfy { rmdir($0) == 0 || errno == ENOENT }
    }
  }

  /// The directories in which sessions get their cgroups.
  var cgroupParents: [String] { engine.host.cgroups.directories }
}

/// Deletes a directory and everything below it.
func removeTree(_ path: String) {
  for name in (try? Files.names(in: path)) ?? [] {
    let full = "\(path)/\(name)"
    if Files.linkTarget(full) == nil && Files.isDirectory(full) { removeTree(full) } else { unlink(full) }
  }
  rmdir(path)
}

/// Waits until something holds.
func eventually(
  _ what: String, within limit: Duration = .seconds(20), _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !condition() {
    try #require(ContinuousClock.now < deadline, "\(what): not within \(limit)")
    try await Task.sleep(for: .milliseconds(5))
  }
}
