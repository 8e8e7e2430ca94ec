import ArgumentParser
import SkahaClient

/// `roost create`: starts sessions and prints their ids.
struct Create: ClientCommand {
  static let configuration = CommandConfiguration(
    abstract: "Create sessions and print their ids.",
    usage: "roost create [<options>] <kind> <image> [-- <command> <arguments> ...]")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var options: CreateOptions

  @Option(name: .shortAndLong, help: "How many. Each sees its REPLICA_ID and REPLICA_COUNT.")
  var replicas = 1

  @Flag(help: "Wait until they run.")
  var wait = false

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let created = try await options.create(with: client, replicas: replicas)
    if format.json {
      output.line(JSON(created).text)
    } else {
      for id in created.values { output.line(id) }
    }
    for (replica, error) in created.failures { output.message("roost: \(replica.name): \(error.description)") }
    guard wait else { return CommandStatus(created) }
    for id in created.values {
      _ = try await Progress(client: client, output: output).wait(for: id) { $0 != .pending }
    }
    return CommandStatus(created)
  }
}

extension JSON {
  init(_ created: BatchResult<Replica, String>) {
    func replica(_ replica: Replica, _ key: String, _ value: JSON) -> JSON {
      .object(["replica": JSON(replica.number), "name": JSON(replica.name), key: value])
    }
    self = .object([
      "results": .array(created.successes.map { replica($0.key, "id", JSON($0.value)) }),
      "failures": .array(created.failures.map { replica($0.key, "error", JSON($0.error)) }),
    ])
  }
}
