import ArgumentParser
import SkahaClient

/// `roost stats`: the load of the platform.
struct Stats: ClientCommand {
  static let configuration = CommandConfiguration(abstract: "Show the load of the platform.")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let stats = try await client.stats()
    output.line(format.json ? JSON(stats).text : Self.table(stats).text(bold: output.usesColor))
    return .success
  }

  static func table(_ stats: SkahaStats) -> Table {
    func row<Amount>(_ name: String, _ load: SkahaStats.Load<Amount>, _ text: (Amount) -> String) -> [String]? {
      let amounts = [load.requested, load.available, load.largest]
      guard amounts.contains(where: { $0 != nil }) else { return nil }
      return [name] + amounts.map { $0.map(text) ?? "-" }
    }
    let rows = [
      row("Cores", stats.cores, short), row("Memory", stats.ram, \.description), row("GPUs", stats.gpus, short),
    ]
    return Table(head: ["RESOURCE", "REQUESTED", "AVAILABLE", "LARGEST SESSION"], rows: rows.compactMap(\.self))
  }
}

extension JSON {
  init(_ stats: SkahaStats) {
    func load<Amount>(_ load: SkahaStats.Load<Amount>, _ json: (Amount?) -> JSON) -> JSON {
      .object([
        "requested": json(load.requested), "available": json(load.available), "largest": json(load.largest),
      ])
    }
    self = .object([
      "cores": load(stats.cores) { JSON($0) }, "ramBytes": load(stats.ram) { JSON($0) },
      "gpus": load(stats.gpus) { JSON($0) }, "instances": .object(stats.instances.mapValues { .int($0) }),
    ])
  }
}
