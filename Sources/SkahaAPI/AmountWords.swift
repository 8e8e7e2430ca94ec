import Foundation
import Sessions

/// How amounts are written in each version.
struct AmountWords {
  private let version: SkahaVersion

  init(_ version: SkahaVersion) { self.version = version }

  /// What stands for a value that is not there: v1 leaves the field out.
  var none: String? { version == .v0 ? "<none>" : nil }

  /// Requested memory: `"16G"` for 16 GiB in v0, decimal gigabytes in v1.
  func requested(_ memory: ByteCount) -> String {
    switch version {
    case .v0: String(format: "%gG", Double(memory.bytes) / 1_073_741_824)
    case .v1: gigabytes(memory)
    }
  }

  /// Requested cores: a whole number where it is one.
  func requested(_ cpu: MilliCPU) -> String {
    cpu.thousandths % 1000 == 0 ? String(cpu.thousandths / 1000) : String(format: "%.3f", cpu.cores)
  }

  func used(_ memory: ByteCount) -> String {
    switch version {
    case .v0: "\(memory.bytes >> 20)Mi"
    case .v1: gigabytes(memory)
    }
  }

  func used(_ cpu: MilliCPU) -> String {
    switch version {
    case .v0: "\(cpu.thousandths)m"
    case .v1: String(format: "%.3f", cpu.cores)
    }
  }

  private func gigabytes(_ memory: ByteCount) -> String { String(format: "%.2f", Double(memory.bytes) / 1e9) }
}
