import ArgumentParser
import SkahaClient

/// A command that asks a server. Its work is `perform`, which tests call with a client and an output of their own.
protocol ClientCommand: AsyncParsableCommand {
  var connection: ConnectionOptions { get }

  /// Does the command's work.
  ///
  /// - Throws: ``CommandFailure`` or `SkahaError` if nothing could be done.
  func perform(client: SkahaClient, output: Output) async throws -> CommandStatus
}

extension ClientCommand {
  func run() async throws {
    let client = try connection.makeClient()
    let status: CommandStatus
    do { status = try await perform(client: client, output: .standard) } catch {
      await client.shutdown()
      throw error
    }
    await client.shutdown()
    if status != .success { throw status }
  }
}

/// The flag for programs that read the output.
struct FormatOptions: ParsableArguments {
  @Flag(name: .long, help: "Write JSON, with sorted keys.")
  var json = false
}

extension Output {
  /// Says what failed, a line each, and gives the exit code for the whole.
  func report<Value>(_ batch: BatchResult<String, Value>) -> CommandStatus {
    for (id, error) in batch.failures { message("roost: \(printable(id)): \(error.description)") }
    return CommandStatus(batch)
  }

  /// Writes a table, or says on the other stream that there is nothing.
  func table(_ table: Table, ifEmpty sentence: String) {
    if table.rows.isEmpty { message(sentence) } else { line(table.text(bold: usesColor)) }
  }

  /// Writes the ids for which something was done, and says what failed.
  func ids(_ batch: BatchResult<String, String>, json: Bool) -> CommandStatus {
    if json {
      line(JSON(batch) { id, _ in .object(["id": JSON(id)]) }.text)
    } else {
      for id in batch.values { line(id) }
    }
    return report(batch)
  }
}
