import Engine
import Sessions

/// Which amounts can be asked for here, derived from the largest node.
struct ResourceOptions: Hashable, Sendable {
  let cores: [Int]
  let memoryGiB: [Int]
  let gpus: [Int]

  init(nodes: [Node]) {
    let largest = nodes.map(\.capacity)
    let coreCount = Int(largest.map(\.cpu.thousandths).max() ?? 0) / 1000
    let memory = Int((largest.map(\.memory.bytes).max() ?? 0) >> 30)
    let gpuCount = largest.map(\.gpus).max() ?? 0
    cores = coreCount > 0 ? Array(1...coreCount) : []
    memoryGiB = memory > 0 ? Self.memorySteps.filter { $0 < memory } + [memory] : []
    gpus = gpuCount > 0 ? Array(1...gpuCount) : []
  }

  /// The steps that CANFAR offers (`k8s-resources.json`), so that people find what they know.
  private static let memorySteps = [
    1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 26, 28, 30, 32, 36, 40, 44, 48, 56, 64, 80, 92, 112, 128, 140, 170, 192, 256,
    384, 512,
  ]

  private var maximumCores: Int { cores.last ?? 1 }
  private var maximumMemoryGiB: Int { memoryGiB.last ?? 1 }

  /// What a session that asks for nothing gets for itself, and what it may use at most.
  var flexible: ResourceRequest {
    ResourceRequest(
      reserved: ResourceSlots(cpu: .cores(1), memory: .gibibytes(Int64(flexibleMemoryGiB))),
      limit: ResourceSlots(
        cpu: .cores(Int64(min(8, maximumCores))), memory: .gibibytes(Int64(min(32, maximumMemoryGiB)))),
      isFixed: false)
  }

  private var flexibleMemoryGiB: Int { max(1, min(4, maximumMemoryGiB / 4)) }

  /// The amounts as `GET /context` shows them.
  func context(_ version: SkahaVersion, interactiveSessions: Int) -> ContextObject {
    let flexible = flexible
    return ContextObject(
      cores: .init(
        default: min(2, maximumCores), defaultRequest: 1, defaultLimit: Int(flexible.limit.cpu.thousandths / 1000),
        options: cores),
      memoryGB: .init(
        default: min(8, maximumMemoryGiB), defaultRequest: flexibleMemoryGiB,
        defaultLimit: Int(flexible.limit.memory.bytes >> 30), options: memoryGiB),
      gpus: .init(options: gpus),
      maxInteractiveSessions: version == .v1 ? interactiveSessions : nil,
      defaultHeadless: version == .v0 ? "false" : nil)
  }
}

/// The body of `GET /context` (Skaha, `context-schema.json`).
struct ContextObject: Encodable {
  struct Range: Encodable {
    let `default`: Int
    let defaultRequest: Int
    let defaultLimit: Int
    let options: [Int]
  }
  struct Choice: Encodable { let options: [Int] }

  let cores: Range
  let memoryGB: Range
  let gpus: Choice
  let maxInteractiveSessions: Int?
  let defaultHeadless: String?
}
