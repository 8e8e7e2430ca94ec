/// What a session takes up and a node offers: processor, memory, GPUs.
public struct ResourceSlots: Hashable, Sendable, Codable {
  public var cpu: MilliCPU
  public var memory: ByteCount
  /// Whole GPUs.
  public var gpus: Int

  public init(cpu: MilliCPU, memory: ByteCount, gpus: Int = 0) {
    self.cpu = cpu
    self.memory = memory
    self.gpus = gpus
  }

  public static let none = ResourceSlots(cpu: .zero, memory: .zero)

  /// Whether `self` has room for `other` in every dimension.
  public func contains(_ other: ResourceSlots) -> Bool {
    cpu >= other.cpu && memory >= other.memory && gpus >= other.gpus
  }

  public static func + (left: ResourceSlots, right: ResourceSlots) -> ResourceSlots {
    ResourceSlots(cpu: left.cpu + right.cpu, memory: left.memory + right.memory, gpus: left.gpus + right.gpus)
  }

  public static func - (left: ResourceSlots, right: ResourceSlots) -> ResourceSlots {
    ResourceSlots(cpu: left.cpu - right.cpu, memory: left.memory - right.memory, gpus: left.gpus - right.gpus)
  }
}

/// What a session asked for.
public struct ResourceRequest: Hashable, Sendable, Codable {
  /// What is reserved for the session alone.
  public var reserved: ResourceSlots
  /// What it may use at most; equal to `reserved` for a fixed session, more for a flexible one.
  public var limit: ResourceSlots
  /// Whether its owner asked for amounts (fixed) or left them to the server (flexible).
  public var isFixed: Bool

  public init(reserved: ResourceSlots, limit: ResourceSlots, isFixed: Bool) {
    self.reserved = reserved
    self.limit = limit
    self.isFixed = isFixed
  }
}
