import Foundation
import Glibc
import Identity
import RoostTestSupport
import Testing

@testable import RoostServer

struct DataDirectoryTests {
  @Test func `is made with all above it, and nobody else can list it`() async throws {
    try await withTemporaryDirectory { parent in
      let directory = try DataDirectory(preparing: parent.appending(path: "a/b"))
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.url.path)
      #expect(attributes[.posixPermissions] as? Int == 0o711)
    }
  }

  @Test func `credentials are readable by their owner alone`() async throws {
    try await withTemporaryDirectory { parent in
      let directory = try DataDirectory(preparing: parent)
      var generator = SystemRandomNumberGenerator()
      let name = try #require(UserName("admin"))
      let file = CredentialsFile(url: "http://h", user: name, credentials: Credentials(using: &generator))
      try directory.write(file)
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.credentialsFile.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(directory.readCredentials() == file)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a directory away"))
  func `somebody else's directory is refused, and it says whose it is`() async throws {
    try await withTemporaryDirectory { parent in
      #expect(chown(parent.path, 4321, 4321) == 0)
      let error = #expect(throws: StartError.self) { try DataDirectory(preparing: parent) }
      #expect(error?.description.contains("belongs to uid 4321") == true)
    }
  }

  @Test func `a file in its place is refused`() async throws {
    try await withTemporaryDirectory { parent in
      let file = parent.appending(path: "file")
      try Data().write(to: file)
      #expect(throws: StartError.self) { _ = try DataDirectory(preparing: file.appending(path: "data")) }
    }
  }

  @Test func `two servers cannot use one directory`() async throws {
    try await withTemporaryDirectory { parent in
      let directory = try DataDirectory(preparing: parent)
      let lock = try DataDirectoryLock(of: directory)
      let error = #expect(throws: StartError.self) { try DataDirectoryLock(of: directory) }
      #expect(error?.description.contains("Another Roost server") == true)
      withExtendedLifetime(lock) {}
    }
  }

  @Test func `users are added only where a server has been`() async throws {
    try await withTemporaryDirectory { parent in
      #expect(throws: StartError.self) {
        _ = try UserAdministration.addUser(named: "alice", dataDirectory: parent)
      }
    }
  }
}
