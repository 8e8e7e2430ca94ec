import Engine
import Sessions
import Synchronization

/// Measures what sessions use, from the counters of their control groups.
final class UsageMeter: Sendable {
  /// The processor time that a session had used at a moment.
  struct Sample: Sendable {
    var cpuMicroseconds: Int64
    var at: ContinuousClock.Instant
  }

  private let layout: CgroupLayout
  private let samples = Mutex<[SessionID: Sample]>([:])

  init(_ layout: CgroupLayout) { self.layout = layout }

  /// What the sessions use now; those without groups are absent.
  func measure(_ ids: [SessionID]) -> [SessionID: Usage] {
    var usage: [SessionID: Usage] = [:]
    var fresh: [SessionID: Sample] = [:]
    let before = samples.withLock { $0 }
    for id in ids {
      guard let memory = memory(of: id) else { continue }
      let sample = cpu(of: id).map { Sample(cpuMicroseconds: $0, at: .now) }
      fresh[id] = sample
      usage[id] = Usage(cpu: Self.rate(from: before[id], to: sample), memory: memory)
    }
    let measured = fresh
    samples.withLock { $0 = measured }
    return usage
  }

  /// `nil` without two samples that time has passed between.
  static func rate(from earlier: Sample?, to later: Sample?) -> MilliCPU? {
    guard let earlier, let later else { return nil }
    let passed = (later.at - earlier.at) / .microseconds(1)
    guard passed > 0 else { return nil }
    let used = Double(max(0, later.cpuMicroseconds - earlier.cpuMicroseconds))
    return MilliCPU(thousandths: Int64((used / passed * 1000).rounded()))
  }

  /// Without what the kernel keeps of files only as long as nobody needs the room.
  private func memory(of id: SessionID) -> ByteCount? {
    switch layout {
    case .none: nil
    case .version1(let parents):
      parents["memory"].flatMap {
        Self.memory("\($0)/\(id)", current: "memory.usage_in_bytes", cache: "total_inactive_file")
      }
    case .version2(let parent, _):
      Self.memory("\(parent)/\(id)", current: "memory.current", cache: "inactive_file")
    }
  }

  private static func memory(_ group: String, current: String, cache: String) -> ByteCount? {
    guard let used = OwnLimits.bytes(Files.text("\(group)/\(current)")) else { return nil }
    let reclaimable = number(cache, in: Files.text("\(group)/memory.stat")) ?? 0
    return ByteCount(bytes: max(0, used.bytes - reclaimable))
  }

  private func cpu(of id: SessionID) -> Int64? {
    switch layout {
    case .none: nil
    case .version1(let parents):
      parents["cpuacct"].flatMap { Files.text("\($0)/\(id)/cpuacct.usage") }
        .flatMap { $0.split(separator: "\n").first }.flatMap { Int64($0) }.map { $0 / 1000 }
    case .version2(let parent, _): Self.number("usage_usec", in: Files.text("\(parent)/\(id)/cpu.stat"))
    }
  }

  private static func number(_ key: String, in text: String?) -> Int64? {
    for line in (text ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == key { return Int64(words[1]) }
    }
    return nil
  }
}
