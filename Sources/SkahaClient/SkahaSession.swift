public import Foundation

/// A session as the server describes it. What a server leaves out, or writes as `<none>`, is `nil`.
public struct SkahaSession: Hashable, Sendable, Identifiable {
  /// Eight characters; empty in the answers to ``SkahaClient/View/all``, which names nobody's sessions.
  public var id: String
  /// The name it was created with, which servers may have lower-cased.
  public var name: String
  /// What it is for.
  public var kind: Kind
  /// Where it stands in its life.
  public var status: Status
  /// The image it runs.
  public var image: String
  /// The owner's user name.
  public var user: String
  /// The numeric user and group that its processes run as.
  public var uid: Int?, gid: Int?
  /// The further groups of its processes.
  public var supplementalGroups: [Int] = []
  /// The id within a desktop session, for desktop apps.
  public var appID: String?
  /// Where a browser finds it; `nil` for headless sessions.
  public var connectURL: String?

  /// When it started; `nil` while it waits.
  public var startTime: Date?
  /// When the server will end it.
  public var expiryTime: Date?
  /// When it was asked for. Roost only.
  public var createTime: Date?
  /// When it ended. Roost only.
  public var endTime: Date?

  /// What it asked for; `nil` where it takes what is free.
  public var requested = Resources()
  /// What it uses now.
  public var inUse = Resources()
  /// The share of its GPUs that is busy, in percent.
  public var gpuUtilization: Double?
  /// Whether its resources are reserved rather than flexible.
  public var isFixedResources: Bool?

  /// The step it is at, such as pulling its image. Roost only.
  public var phase: String?
  /// The exit code of its command, once it has ended. Roost only.
  public var exitCode: Int?
  /// Why it waits, or how it ended, in a sentence. Roost only.
  public var reason: String?

  /// An amount of each resource.
  public struct Resources: Hashable, Sendable {
    /// Processor cores.
    public var cores: Double?
    /// Memory.
    public var ram: SkahaBytes?
    /// GPUs that were asked for.
    public var gpus: Double?
    /// Memory of the GPUs that is in use.
    public var gpuRAM: SkahaBytes?
  }
}
