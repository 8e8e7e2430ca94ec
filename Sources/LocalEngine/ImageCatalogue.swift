import Crypto
public import Engine
public import Sessions

/// What image names mean to the local engine.
public struct ImageCatalogue: Hashable, Sendable {
  /// The host that names without a host belong to.
  public var registry: String
  public var entries: [Entry]

  public init(registry: String, entries: [Entry]) {
    self.registry = registry
    self.entries = entries
  }

  /// One image, under all its tags.
  public struct Entry: Hashable, Sendable {
    /// The name between host and tag, such as `skaha/terminal`.
    public var name: String
    public var tags: [String]
    /// The directory that is the session's root; `/` for the host itself.
    public var root: String
    /// Directories of the host that its sessions may read, at the same path.
    public var share: [String]
    /// What it can be started as, and the command that starts it when the session names none.
    public var kinds: [SessionKind: [String]]

    public init(
      name: String, tags: [String], root: String, share: [String] = [], kinds: [SessionKind: [String]]
    ) {
      self.name = name
      self.tags = tags
      self.root = root
      self.share = share
      self.kinds = kinds
    }
  }

  /// The entry that a name stands for; a name without host belongs to the catalogue's registry.
  public func entry(for reference: ImageReference) -> Entry? {
    guard reference.host == nil || reference.host == registry else { return nil }
    return entries.first { $0.name == reference.repository && $0.tags.contains(reference.tag) }
  }

  /// Every image that can be launched, one for each tag, in the order of the catalogue.
  public var images: [Image] {
    entries.flatMap { entry in
      entry.tags.compactMap { tag in
        ImageReference("\(registry)/\(entry.name):\(tag)").map { reference in
          Image(reference: reference, kinds: entry.orderedKinds, digest: entry.digest)
        }
      }
    }
  }
}

extension ImageCatalogue.Entry {
  var orderedKinds: [SessionKind] { SessionKind.allCases.filter { kinds[$0] != nil } }

  /// The hash of what the entry means; its tags do not matter.
  var digest: String {
    var hash = SHA256()
    func add(_ text: String) { hash.update(data: Array(text.utf8) + [0]) }
    for text in [name, root, "share"] + share { add(text) }
    for kind in orderedKinds {
      add(kind.rawValue)
      for word in kinds[kind] ?? [] { add(word) }
    }
    return "sha256:" + hash.finalize().map(Hexadecimal.pair).joined()
  }
}

/// Bytes as people write them.
enum Hexadecimal {
  static func pair(_ byte: UInt8) -> String { String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
}
