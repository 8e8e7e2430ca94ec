/// How a session ended.
public struct Outcome: Hashable, Sendable, Codable {
  public var ending: Ending
  /// The most memory it used at once; `nil` where the engine could not tell.
  public var peakMemory: ByteCount?
  /// The processor time it used; `nil` where the engine could not tell.
  public var cpuTime: Duration?

  public init(_ ending: Ending, peakMemory: ByteCount? = nil, cpuTime: Duration? = nil) {
    self.ending = ending
    self.peakMemory = peakMemory
    self.cpuTime = cpuTime
  }

  /// The one thing that ended it.
  public enum Ending: Hashable, Sendable, Codable {
    /// The program ended by itself with this code.
    case exited(code: Int)
    /// The program was killed by a signal that Roost did not send.
    case signalled(Int)
    /// The kernel killed it for using more memory than its limit.
    case outOfMemory
    /// It was stopped, by a person or a deadline.
    case stopped(StopReason)
    /// What watched it died, and it with it; a sentence says what is known.
    case lost(String)
  }

  /// Whether the program ended by itself and said that all was well.
  public var isSuccess: Bool { ending == .exited(code: 0) }

  /// The exit code as a shell would show it: 128 plus the signal's number for a death by signal.
  public var exitCode: Int? {
    switch ending {
    case .exited(let code): code
    case .signalled(let signal): 128 + signal
    case .outOfMemory: 137
    case .stopped, .lost: nil
    }
  }
}
