import Engine
import Foundation
import HashTreeCollections
import SessionCore
import Sessions

/// The body of `GET /session?view=stats`: what is given out, what there is, and the largest a session can be.
struct StatsObject: Encodable {
  struct Cores: Encodable {
    let requestedCPUCores: Double
    let cpuCoresAvailable: Double
    let maxCPUCores: MaxCores
    /// The names that were published first.
    let coresAvailable: Double?
    let maxCores: OldMaxCores?
  }
  struct MaxCores: Encodable {
    let cpuCores: Double
    let withRam: String
  }
  struct OldMaxCores: Encodable {
    let cores: Double
    let withRam: String
  }
  struct RAM: Encodable {
    let requestedRAM: String
    let ramAvailable: String
    let maxRAM: MaxRAM
  }
  struct MaxRAM: Encodable {
    let ram: String
    let withCPUCores: Double
    /// The name that was published first.
    let withCores: Double?
  }
  struct GPUs: Encodable {
    let requestedGPU: Int
    let gpuAvailable: Int
    let maxGPU: Int
  }
  struct Instances: Encodable {
    let session: Int
    let desktopApp: Int
    let headless: Int
    let total: Int
  }

  let cores: Cores
  let ram: RAM
  let gpu: GPUs?
  let instances: Instances?

  init(_ core: SessionCore, nodes: [Node], _ version: SkahaVersion) {
    let used = core.ledger.totalInUse
    let capacity = nodes.map(\.capacity).reduce(.none, +)
    let largest = nodes.map(\.capacity).max { ($0.cpu, $0.memory) < ($1.cpu, $1.memory) } ?? .none
    let isOld = version == .v0
    let maxRAM = Self.gigabytes(largest.memory)
    cores = Cores(
      requestedCPUCores: used.cpu.cores, cpuCoresAvailable: capacity.cpu.cores,
      maxCPUCores: .init(cpuCores: largest.cpu.cores, withRam: maxRAM),
      coresAvailable: isOld ? capacity.cpu.cores : nil,
      maxCores: isOld ? .init(cores: largest.cpu.cores, withRam: maxRAM) : nil)
    ram = RAM(
      requestedRAM: Self.gigabytes(used.memory), ramAvailable: Self.gigabytes(capacity.memory),
      maxRAM: .init(
        ram: maxRAM, withCPUCores: largest.cpu.cores, withCores: isOld ? largest.cpu.cores : nil))
    gpu = capacity.gpus > 0 ? .init(requestedGPU: used.gpus, gpuAvailable: capacity.gpus, maxGPU: largest.gpus) : nil
    instances = isOld ? Self.instances(core) : nil
  }

  /// Decimal gigabytes with at most three decimals: `"9432.822G"`.
  private static func gigabytes(_ memory: ByteCount) -> String {
    var text = String(format: "%.3f", Double(memory.bytes) / 1e9)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text + "G"
  }

  private static func instances(_ core: SessionCore) -> Instances {
    let kinds = core.sessions.values.map(\.spec.kind)
    let headless = kinds.count { $0 == .headless }
    let desktopApps = kinds.count { $0 == .desktopApp }
    return Instances(
      session: kinds.count - headless - desktopApps, desktopApp: desktopApps, headless: headless, total: kinds.count)
  }
}
