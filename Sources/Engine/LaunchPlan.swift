public import Sessions

/// Everything an engine needs to start one session.
public struct LaunchPlan: Hashable, Sendable {
  public var id: SessionID
  public var spec: SessionSpec
  /// The person it runs as.
  public var account: PosixAccount
  /// The session's whole environment, in order, without `HOME` and `PWD`, which are the engine's to set.
  public var environment: [EnvironmentVariable]

  public init(id: SessionID, spec: SessionSpec, account: PosixAccount, environment: [EnvironmentVariable]) {
    self.id = id
    self.spec = spec
    self.account = account
    self.environment = environment
  }
}

/// The POSIX identity of a session's owner.
public struct PosixAccount: Hashable, Sendable, Codable {
  public var name: String
  public var uid: UInt32
  public var gid: UInt32

  public init(name: String, uid: UInt32, gid: UInt32) {
    self.name = name
    self.uid = uid
    self.gid = gid
  }
}
