public import Engine
public import SessionCore
public import Sessions

/// How the manager works, in one place.
public struct Settings: Sendable {
  public var policy: Policy
  /// How long ended sessions are listed, unless their owner puts them away.
  public var listedAfterEnd: Duration
  /// How long records, timelines and logs of ended sessions are kept.
  public var retention: Duration
  /// The host name that sessions are told (`skaha_hostname`).
  public var hostName: String
  /// The POSIX identity that a person's sessions run as.
  public var account: @Sendable (Owner) -> PosixAccount
  public var tickInterval: Duration = .seconds(1)
  public var censusInterval: Duration = .seconds(2)
  public var factsInterval: Duration = .seconds(30)
  public var retentionInterval: Duration = .seconds(60)
  /// How long to wait before the journal is tried again.
  public var journalRetryInterval: Duration = .milliseconds(500)
  /// How many inputs one commit may hold at most.
  public var batchLimit = 1000

  public init(
    policy: Policy = Policy(), listedAfterEnd: Duration = .seconds(86_400), retention: Duration = .seconds(30 * 86_400),
    hostName: String = "localhost", account: @escaping @Sendable (Owner) -> PosixAccount
  ) {
    self.policy = policy
    self.listedAfterEnd = listedAfterEnd
    self.retention = retention
    self.hostName = hostName
    self.account = account
  }
}
