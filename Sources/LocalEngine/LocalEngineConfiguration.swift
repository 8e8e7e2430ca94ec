public import Sessions

/// How the local engine is set up.
public struct LocalEngineConfiguration: Sendable {
  /// Where the engine keeps what belongs to sessions: plans, logs, outcomes. Made if it is not there.
  public var directory: String
  /// Where the home directories of users are. Made if it is not there.
  public var homesDirectory: String
  /// The program file of `roost-supervisor`.
  public var supervisor: String
  /// What image names mean.
  public var catalogue: ImageCatalogue
  /// Directories that sessions must not see, besides the two above.
  public var hiddenDirectories: [String]
  /// How many cores sessions may have in all; `nil` for all that this process may use.
  public var cores: MilliCPU?
  /// How much memory sessions may have in all; `nil` for all that this process may use.
  public var memory: ByteCount?
  /// How many GPUs are handed out.
  public var gpus: Int
  /// How much of its output is kept of a session.
  public var logLimit: ByteCount
  /// How many processes and threads a session may have at once.
  public var processLimit: Int
  /// The name of the engine's own cgroup; `nil` for one that follows from `directory`, so that two servers on one
  /// machine do not meet.
  public var instance: String?

  /// A configuration with the defaults that the guide documents: 64 MiB of log and 4096 processes a session.
  public init(directory: String, homesDirectory: String, supervisor: String, catalogue: ImageCatalogue) {
    self.directory = directory
    self.homesDirectory = homesDirectory
    self.supervisor = supervisor
    self.catalogue = catalogue
    hiddenDirectories = []
    gpus = 0
    logLimit = .mebibytes(64)
    processLimit = 4096
  }
}
