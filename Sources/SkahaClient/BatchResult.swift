/// What came of a call that concerns several things: one item for each, in the order asked, failures included.
///
/// ```swift
/// let logs = await client.logs(ids)
/// for (id, text) in logs.successes { print(id, text) }
/// for (id, error) in logs.failures { print(id, error) }
/// ```
public struct BatchResult<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// What came of one of the things.
  public struct Item: Sendable {
    /// Which of the things: a session's id, or a ``Replica``.
    public let key: Key
    /// Its value, or why there is none.
    public let result: Result<Value, SkahaError>

    /// Makes an item.
    public init(key: Key, result: Result<Value, SkahaError>) {
      self.key = key
      self.result = result
    }
  }

  /// An item for each thing that was asked for, in that order.
  public let items: [Item]

  /// Puts a result together, also for programs that test how they take one.
  public init(_ items: [Item]) { self.items = items }

  /// What succeeded, with its key.
  public var successes: [(key: Key, value: Value)] {
    items.compactMap { item in (try? item.result.get()).map { (item.key, $0) } }
  }

  /// What failed, with its key.
  public var failures: [(key: Key, error: SkahaError)] {
    items.compactMap { item in
      if case .failure(let error) = item.result { (item.key, error) } else { nil }
    }
  }

  /// The values of what succeeded, in order.
  public var values: [Value] { successes.map(\.value) }

  /// Whether nothing failed.
  public var allSucceeded: Bool { failures.isEmpty }

  /// The value of one thing; `nil` if it failed or was not asked for.
  public subscript(key: Key) -> Value? { items.first { $0.key == key }.flatMap { try? $0.result.get() } }

  /// All values, for callers who need every one.
  ///
  /// - Throws: the first failure.
  public func get() throws(SkahaError) -> [Value] {
    var values: [Value] = []
    for item in items { values.append(try item.result.get()) }
    return values
  }
}

extension BatchResult: RandomAccessCollection {
  public var startIndex: Int { items.startIndex }
  public var endIndex: Int { items.endIndex }
  public subscript(position: Int) -> Item { items[position] }
}

extension BatchResult: Equatable where Value: Equatable {}
extension BatchResult.Item: Equatable where Value: Equatable {}

/// One of the sessions that a single create makes.
public struct Replica: Hashable, Sendable {
  /// From 1 to the number of replicas; the session sees it as `REPLICA_ID`.
  public let number: Int
  /// The session's name: with the number behind a dash if there are several.
  public let name: String
}
