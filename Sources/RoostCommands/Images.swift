import ArgumentParser
import SkahaClient

/// `roost images`: what can be run.
struct Images: ClientCommand {
  static let configuration = CommandConfiguration(abstract: "List the images on offer.")

  @OptionGroup(title: "Server") var connection: ConnectionOptions
  @OptionGroup var format: FormatOptions

  @Option(name: .shortAndLong, help: "Only those that serve this kind.")
  var kind: KindArgument?

  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus {
    let images = try await client.imageDetails(kind: kind?.kind).sorted { $0.id < $1.id }
    if format.json {
      output.line(JSON.array(images.map { JSON($0) }).text)
    } else {
      let rows = images.map { [$0.id, $0.kinds.map(\.word).joined(separator: ",")] }
      output.table(Table(head: ["IMAGE", "KINDS"], rows: rows), ifEmpty: "No images.")
    }
    return .success
  }
}

extension JSON {
  init(_ image: SkahaImage) {
    self = .object([
      "id": JSON(image.id), "kinds": .array(image.kinds.map { JSON($0.word) }), "digest": JSON(image.digest),
    ])
  }
}
