public import Sessions

/// Who has which slots: for every node, what it has in all and what is in use.
public struct Ledger: Hashable, Sendable {
  public private(set) var capacity: [String: ResourceSlots] = [:]
  public private(set) var inUse: [String: ResourceSlots] = [:]

  /// What a node has left. Negative where its capacity shrank below what it had given out.
  public func free(on node: String) -> ResourceSlots {
    (capacity[node] ?? .none) - (inUse[node] ?? .none)
  }

  public var totalCapacity: ResourceSlots { capacity.values.reduce(.none, +) }
  public var totalInUse: ResourceSlots { inUse.values.reduce(.none, +) }

  /// The node to place `slots` on: the first by name with room for them.
  func placement(for slots: ResourceSlots) -> String? {
    capacity.keys.sorted().first { free(on: $0).contains(slots) }
  }

  /// What is free on the node that comes closest to having room: the one with the most free cores, then memory.
  public var largestFree: ResourceSlots {
    capacity.keys.sorted().map { free(on: $0) }.max { ($0.cpu, $0.memory) < ($1.cpu, $1.memory) } ?? .none
  }

  /// Whether any node has a core and memory left, without which nothing can start.
  var hasAnythingFree: Bool {
    capacity.keys.contains { free(on: $0).cpu > .zero && free(on: $0).memory > .zero }
  }

  /// Whether some node would have room if nothing else ran.
  func couldEverHold(_ slots: ResourceSlots) -> Bool {
    capacity.values.contains { $0.contains(slots) }
  }

  mutating func setCapacity(_ nodes: [String: ResourceSlots]) { capacity = nodes }

  mutating func reserve(_ slots: ResourceSlots, on node: String) {
    inUse[node] = (inUse[node] ?? .none) + slots
  }

  mutating func release(_ slots: ResourceSlots, on node: String) {
    let rest = (inUse[node] ?? .none) - slots
    inUse[node] = rest == .none ? nil : rest
  }
}
