import Engine
import Foundation
import LocalEngine
public import Logging
import ServiceLifecycle
import Sessions

/// Puts the local engine together from the configuration.
public enum LocalEngineAssembly {
  /// Opens the local engine on a data directory; writes the default image catalogue there if it has none.
  ///
  /// - Throws: an error whose description is a sentence for the operator.
  public static func make(
    _ configuration: ServerConfiguration, _ directory: DataDirectory, logger: Logger
  ) async throws -> RunnableEngine {
    let catalogue = try readCatalogue(configuration, directory)
    let engine = try await LocalEngine.open(
      try settings(configuration.file, directory, catalogue: catalogue), logger: logger)
    return RunnableEngine(engine, services: [LocalEngineService(engine: engine)])
  }

  private static func settings(
    _ file: ConfigurationFile, _ directory: DataDirectory, catalogue: ImageCatalogue
  ) throws(StartError) -> LocalEngineConfiguration {
    var settings = LocalEngineConfiguration(
      directory: directory.engineDirectory.path, homesDirectory: directory.homesDirectory.path,
      supervisor: try supervisor(file), catalogue: catalogue)
    settings.hiddenDirectories = [directory.url.path]
    settings.cores = file.capacity.cores.map { .cores(Int64($0)) }
    settings.memory = file.capacity.memoryGiB.map { .gibibytes(Int64($0)) }
    settings.gpus = file.capacity.gpus ?? 0
    settings.logLimit = .mebibytes(Int64(file.logs.limitMiB))
    settings.processLimit = file.local.processes
    return settings
  }

  /// The supervisor's executable: the one that is configured, or the one beside this program.
  private static func supervisor(_ file: ConfigurationFile) throws(StartError) -> String {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = URL(filePath: own ?? "roost").deletingLastPathComponent().appending(path: "roost-supervisor").path
    let path = file.local.supervisor ?? beside
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw StartError(
        "The supervisor \(path) is missing. Put 'roost-supervisor' beside 'roost', or set 'local.supervisor'.")
    }
    return path
  }

  private static func readCatalogue(
    _ configuration: ServerConfiguration, _ directory: DataDirectory
  ) throws -> ImageCatalogue {
    let file = configuration.file.images.map { URL(filePath: $0) } ?? directory.catalogueFile
    do {
      if configuration.file.images == nil, !FileManager.default.fileExists(atPath: file.path) {
        try Data(ImageCatalogue.defaultText.utf8).write(to: file, options: .atomic)
      }
      return try ImageCatalogue(yaml: try String(contentsOf: file, encoding: .utf8))
    } catch let error as ImageCatalogueError {
      throw StartError("\(file.path): \(error)")
    } catch {
      throw StartError("The image catalogue \(file.path) cannot be used: \(error.localizedDescription)")
    }
  }
}

/// Lets the engine listen to its supervisors for as long as the server runs.
private struct LocalEngineService: Service {
  let engine: LocalEngine

  func run() async throws {
    try await cancelWhenGracefulShutdown { try await engine.run() }
  }
}
