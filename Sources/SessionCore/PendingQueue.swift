public import Sessions

/// The sessions that wait for room, in the order of their acceptance.
public struct PendingQueue: Sendable {
  /// What scheduling needs to know of a session that waits.
  struct Entry: Sendable {
    let number: Int64
    let id: SessionID
    let needed: ResourceSlots
    let createdAt: Instant
    /// Not to be launched again before this instant.
    let retryAt: Instant?

    init(_ session: Session) {
      number = session.number
      id = session.id
      needed = session.spec.resources.reserved
      createdAt = session.createdAt
      retryAt = session.retryAt
    }

    func isHeldBack(at now: Instant) -> Bool { retryAt.map { $0 > now } ?? false }
  }

  private(set) var entries: [Entry] = []

  public var count: Int { entries.count }
  public var ids: [SessionID] { entries.map(\.id) }

  mutating func insert(_ session: Session) {
    entries.insert(Entry(session), at: index(of: session.number))
  }

  mutating func remove(_ session: Session) {
    let index = index(of: session.number)
    guard index < entries.count, entries[index].id == session.id else { return }
    entries.remove(at: index)
  }

  /// The place of a session that waits, counted from 1.
  public func position(of session: Session) -> Int { index(of: session.number) + 1 }

  /// Where `number` stands or would stand. Binary search: lists ask for every pending session.
  private func index(of number: Int64) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
