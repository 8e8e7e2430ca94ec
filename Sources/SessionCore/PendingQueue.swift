public import Sessions

/// The sessions that wait for room, in the order of their acceptance.
public struct PendingQueue: Sendable {
  private var entries: [Entry] = []

  private struct Entry: Sendable {
    let number: Int64
    let id: SessionID
  }

  public var count: Int { entries.count }
  public var ids: [SessionID] { entries.map(\.id) }

  mutating func insert(_ session: Session) {
    entries.insert(Entry(number: session.number, id: session.id), at: index(of: session.number))
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
