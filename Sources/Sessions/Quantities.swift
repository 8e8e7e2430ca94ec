/// An amount of memory or storage, in bytes.
public struct ByteCount: Hashable, Sendable, Comparable, Codable {
  public let bytes: Int64

  public init(bytes: Int64) { self.bytes = bytes }

  /// `count` times 2³⁰ bytes, the unit in which people ask for memory.
  public static func gibibytes(_ count: Int64) -> ByteCount { ByteCount(bytes: count << 30) }
  /// `count` times 2²⁰ bytes.
  public static func mebibytes(_ count: Int64) -> ByteCount { ByteCount(bytes: count << 20) }

  public init(from decoder: any Decoder) throws { bytes = try decoder.singleValueContainer().decode(Int64.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bytes)
  }

  public static let zero = ByteCount(bytes: 0)
  public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
  public static func + (left: ByteCount, right: ByteCount) -> ByteCount { .init(bytes: left.bytes + right.bytes) }
  public static func - (left: ByteCount, right: ByteCount) -> ByteCount { .init(bytes: left.bytes - right.bytes) }
}

/// An amount of processor time per time, in thousandths of a core.
public struct MilliCPU: Hashable, Sendable, Comparable, Codable {
  public let thousandths: Int64

  public init(thousandths: Int64) { self.thousandths = thousandths }
  public static func cores(_ count: Int64) -> MilliCPU { MilliCPU(thousandths: count * 1000) }

  public init(from decoder: any Decoder) throws { thousandths = try decoder.singleValueContainer().decode(Int64.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(thousandths)
  }

  /// The amount in cores.
  public var cores: Double { Double(thousandths) / 1000 }

  public static let zero = MilliCPU(thousandths: 0)
  public static func < (left: MilliCPU, right: MilliCPU) -> Bool { left.thousandths < right.thousandths }
  public static func + (left: MilliCPU, right: MilliCPU) -> MilliCPU {
    .init(thousandths: left.thousandths + right.thousandths)
  }
  public static func - (left: MilliCPU, right: MilliCPU) -> MilliCPU {
    .init(thousandths: left.thousandths - right.thousandths)
  }
}
