public import Sessions

/// What a session uses at one moment.
public struct Usage: Hashable, Sendable {
  /// Averaged over the time since the engine last looked; `nil` at the first look.
  public var cpu: MilliCPU?
  public var memory: ByteCount

  public init(cpu: MilliCPU?, memory: ByteCount) {
    self.cpu = cpu
    self.memory = memory
  }
}

/// A machine that sessions can be placed on.
public struct Node: Hashable, Sendable {
  public var name: String
  /// What it has in all.
  public var capacity: ResourceSlots

  public init(name: String, capacity: ResourceSlots) {
    self.name = name
    self.capacity = capacity
  }
}

/// An image that an engine can launch.
public struct Image: Hashable, Sendable {
  public var reference: ImageReference
  /// What it can be started as.
  public var kinds: [SessionKind]
  /// `sha256:` and 64 hexadecimal digits; the same as long as the image means the same.
  public var digest: String

  public init(reference: ImageReference, kinds: [SessionKind], digest: String) {
    self.reference = reference
    self.kinds = kinds
    self.digest = digest
  }
}
