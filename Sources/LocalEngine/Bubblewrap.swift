import Engine
import Glibc

/// The program that builds sandboxes, as it is installed here.
struct Bubblewrap: Hashable, Sendable {
  var path: String
  /// Whether it can forbid further user namespaces, which it learned in version 0.8.
  var forbidsUserNamespaces: Bool

  static let missing =
    "bubblewrap, which runs the sessions, is not installed; install it with: apt-get install bubblewrap"

  /// - Throws: `EngineError` that says how to install it.
  static func find(in directories: [String] = ["/usr/bin", "/usr/local/bin", "/bin"]) throws(EngineError) -> Bubblewrap
  {
    guard let path = directories.map({ $0 + "/bwrap" }).first(where: { access($0, X_OK) == 0 }) else {
      throw EngineError(missing, isRetryable: false)
    }
    let version = (try? CommandOutput.read([path, "--version"])).flatMap(parseVersion) ?? (0, 0)
    return Bubblewrap(path: path, forbidsUserNamespaces: version >= (0, 8))
  }

  /// Reads `bubblewrap 0.8.0`.
  static func parseVersion(_ text: String) -> (Int, Int)? {
    let words = text.split { $0 == " " || $0 == "\n" }
    guard words.count >= 2 else { return nil }
    let numbers = words[1].split(separator: ".").compactMap { Int($0) }
    return numbers.count >= 2 ? (numbers[0], numbers[1]) : nil
  }
}

/// What a small program prints.
enum CommandOutput {
  static func read(_ words: [String]) throws(SystemFailure) -> String {
    let command = words.joined(separator: " ")
    guard let stream = popen(command, "re") else { throw SystemFailure("run", command) }
    var text = ""
    var buffer = [CChar](repeating: 0, count: 4096)
    while fgets(&buffer, Int32(buffer.count), stream) != nil {
      text += buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
    guard pclose(stream) == 0 else { throw SystemFailure("run", command, code: EINVAL) }
    return text
  }
}
