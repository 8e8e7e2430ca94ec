public import Foundation
import Yams

/// The file behind `--config`: YAML, every key optional, unknown keys refused. `docs/configuration.md` describes it.
public struct ConfigurationFile: Codable, Hashable, Sendable {
  /// `HOST:PORT`; the flag `--listen` goes before it.
  public var listen: String?
  /// The image catalogue; `images.yaml` in the data directory if not given.
  public var images: String?
  public var capacity = Capacity()
  public var limits = Limits()
  public var lifetimes = Lifetimes()
  public var retention = Retention()
  public var accounts = Accounts()
  public var logs = Logs()
  public var local = Local()

  public init() {}

  /// What sessions may use of this machine; what it has, where nothing is given.
  public struct Capacity: Codable, Hashable, Sendable {
    public var cores: Int?
    public var memoryGiB: Int?
    public var gpus: Int?
  }

  public struct Limits: Codable, Hashable, Sendable {
    /// Interactive sessions that a user may have pending or running.
    public var interactiveSessions = 5
    /// Sessions of any kind that a user may have that are not over.
    public var liveSessions = 20_000
    /// Bytes of a request's body.
    public var requestBody = 1 << 20
  }

  public struct Lifetimes: Codable, Hashable, Sendable {
    public var headlessHours = 14 * 24
    public var interactiveHours = 4 * 24
    /// Between the request to stop and the kill.
    public var stopGraceSeconds = 10
  }

  public struct Retention: Codable, Hashable, Sendable {
    /// Days for which records and logs of ended sessions are kept.
    public var days = 30
    /// Hours for which ended sessions are listed.
    public var listedHours = 24
  }

  public struct Accounts: Codable, Hashable, Sendable {
    /// Where the uids of users begin, when the server runs as root: user 1 has this one plus 1.
    public var firstUID: UInt32 = 200_000
  }

  public struct Logs: Codable, Hashable, Sendable {
    /// MiB of output kept for each session.
    public var limitMiB = 64
  }

  public struct Local: Codable, Hashable, Sendable {
    /// The supervisor's executable; beside `roost` if not given.
    public var supervisor: String?
    /// Processes and threads that a session may have.
    public var processes = 4096
  }
}

extension ConfigurationFile {
  /// Reads a configuration file.
  ///
  /// - Throws: `StartError` with the file, and the key or line at fault.
  public init(contentsOf file: URL) throws(StartError) {
    do {
      let text = try String(contentsOf: file, encoding: .utf8)
      try self.init(yaml: text)
    } catch let error as StartError {
      throw StartError("\(file.path): \(error)")
    } catch {
      throw StartError("\(file.path) cannot be read: \(error.localizedDescription)")
    }
  }

  /// Reads a configuration from text.
  ///
  /// - Throws: `StartError` with the key or line at fault.
  public init(yaml text: String) throws(StartError) {
    do {
      let node = try Yams.compose(yaml: text)
      guard let node, node != Node("", .implicit) else {
        self.init()
        return
      }
      try Self.checkKeys(of: node)
      self = try YAMLDecoder().decode(Self.self, from: try Self.withDefaults(node))
    } catch let error as StartError {
      throw error
    } catch let error as DecodingError {
      throw StartError(Self.explain(error))
    } catch {
      throw StartError("it is not YAML: \(error)")
    }
    try checkRanges()
  }
}
