public import Foundation

/// Gives `body` a directory of its own, and takes it away afterwards.
@discardableResult
public func withTemporaryDirectory<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
  let directory = FileManager.default.temporaryDirectory.appending(path: "roost-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(
    at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
  defer { try? FileManager.default.removeItem(at: directory) }
  return try await body(directory)
}
