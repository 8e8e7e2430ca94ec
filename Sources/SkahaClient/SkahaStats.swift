/// The load of a whole platform.
public struct SkahaStats: Hashable, Sendable, Decodable {
  /// Processor cores.
  public var cores = Load<Double>()
  /// Memory.
  public var ram = Load<SkahaBytes>()
  /// GPUs, where the server counts them.
  public var gpus = Load<Double>()
  /// How many sessions there are of each sort; version 0 only.
  public var instances: [String: Int] = [:]

  /// How much of a resource is promised, and how much there is.
  public struct Load<Amount: Hashable & Sendable>: Hashable, Sendable {
    /// What the sessions of all users have asked for.
    public var requested: Amount?
    /// What the platform has.
    public var available: Amount?
    /// The most that one session can get.
    public var largest: Amount?
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    if let part = fields.part("cores") {
      cores.requested = part.lenientCount("requestedCPUCores")
      cores.available = part.lenientCount("cpuCoresAvailable") ?? part.lenientCount("coresAvailable")
      cores.largest = part.part("maxCPUCores")?.lenientCount("cpuCores") ?? part.part("maxCores")?.lenientCount("cores")
    }
    if let part = fields.part("ram") {
      ram.requested = part.lenientBytes("requestedRAM")
      ram.available = part.lenientBytes("ramAvailable")
      ram.largest = part.part("maxRAM")?.lenientBytes("ram")
    }
    if let part = fields.part("gpu") {
      gpus.requested = part.lenientCount("requestedGPU")
      gpus.available = part.lenientCount("gpuAvailable")
      gpus.largest = part.lenientCount("maxGPU")
    }
    if let part = fields.part("instances") {
      for key in part.allKeys { instances[key.stringValue] = part.lenientInt(key) }
    }
  }
}

extension KeyedDecodingContainer where Key == FieldName {
  /// The object at `name`, if there is one.
  fileprivate func part(_ name: FieldName) -> KeyedDecodingContainer<FieldName>? {
    try? nestedContainer(keyedBy: FieldName.self, forKey: name)
  }
}
