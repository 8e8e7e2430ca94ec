import ArgumentParser
import SkahaClient

/// What `create` and `run` let a person say about a session, in the words of canfar and of docker.
struct CreateOptions: ParsableArguments {
  @Argument(help: "What the session is for.")
  var kind: KindArgument

  @Argument(help: "The image, such as skaha/terminal:1.1.2.")
  var image: String

  @Option(
    name: .shortAndLong, help: "Its name: letters, digits, dashes. (default: the image's, with a few random letters)")
  var name: String?

  @Option(
    name: [.customShort("c"), .customLong("cpu"), .customLong("cpus"), .customLong("cores")],
    help: "Processor cores. (default: what the server gives)")
  var cores: Double?

  @Option(
    name: [.customShort("m"), .customLong("memory"), .customLong("ram")],
    help: "Memory in GiB, or with a unit: 8, 8G, 512M. (default: what the server gives)")
  var memory: MemoryArgument?

  @Option(name: [.customShort("g"), .customLong("gpu"), .customLong("gpus")], help: "GPUs.")
  var gpus: Int?

  @Option(name: .shortAndLong, help: "An environment variable, as KEY=VALUE. May be repeated.")
  var env: [String] = []

  @Argument(parsing: .postTerminator, help: "The command and its arguments, in place of the image's own.")
  var command: [String] = []

  mutating func validate() throws { _ = try environment() }

  /// The variables as a dictionary; the last of a name counts.
  func environment() throws -> [String: String] {
    var variables: [String: String] = [:]
    for text in env {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw ValidationError("--env '\(text)' is not of the form KEY=VALUE.")
      }
      variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return variables
  }

  /// Creates the sessions; the server's own registry is put before an image that names none.
  func create(with client: SkahaClient, replicas: Int) async throws -> BatchResult<Replica, String> {
    let image = ImageName.completed(image, registry: try await registry(client))
    let arguments = command.dropFirst()
    return try await client.create(
      name: name ?? ImageName.sessionName(for: image), image: image, cores: cores, ram: memory?.gibibytes,
      kind: kind.kind, gpu: gpus, cmd: command.first, args: arguments.isEmpty ? nil : SkahaArguments(Array(arguments)),
      env: try environment(), replicas: replicas)
  }

  private func registry(_ client: SkahaClient) async throws -> String? {
    ImageName.namesRegistry(image) ? nil : try await client.repositories().first
  }
}
