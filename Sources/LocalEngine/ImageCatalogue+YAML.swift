import Sessions
import Yams

/// What is wrong with an image catalogue.
public struct ImageCatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The entry and the field, such as `images[2] (skaha/lab), field 'root'`; empty for the file as a whole.
  public var place: String
  /// What is wrong there, and how to put it right.
  public var problem: String

  public var description: String {
    place.isEmpty ? "The image catalogue \(problem)" : "The image catalogue, \(place): \(problem)"
  }
}

extension ImageCatalogue {
  /// The longest text that is accepted, in bytes.
  public static let maximumSize = 1 << 20

  /// The catalogue that a new installation begins with: the host's own programs.
  public static let defaultText = """
    # What the names of images mean on this machine.
    #
    # A session runs in the directory that its image's `root` names: an unpacked image, or / for this machine's own
    # programs. It sees that directory read-only, its owner's home, and nothing else of the machine.

    # The host that names without a host belong to.
    registry: images.canfar.net
    images:
      - name: skaha/terminal
        tags: ["1.1.1", "1.1.2", latest]
        root: /
        # What it can be started as, and the command for sessions that name none.
        kinds:
          headless: [/bin/bash]
        # More directories of this machine that its sessions may read:
        # share: [/data/catalogues]

    """

  /// Reads a catalogue.
  /// - Throws: `ImageCatalogueError` that names the entry, the field and the fix.
  public init(yaml text: String) throws(ImageCatalogueError) {
    guard text.utf8.count <= Self.maximumSize else {
      throw ImageCatalogueError(place: "", problem: "is larger than \(Self.maximumSize) bytes; shorten it.")
    }
    let raw: RawCatalogue
    do {
      raw = try YAMLDecoder().decode(RawCatalogue.self, from: text)
    } catch let error as DecodingError {
      throw ImageCatalogueError(decoding: error)
    } catch {
      throw ImageCatalogueError(place: "", problem: "is not YAML: \(error).")
    }
    self = try raw.validated()
  }
}

extension ImageCatalogueError {
  fileprivate init(decoding error: DecodingError) {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      self.init(place: Self.place(context.codingPath), problem: Self.problem(context, error))
    case .keyNotFound(let key, let context):
      self.init(place: Self.place(context.codingPath), problem: "the field '\(key.stringValue)' is missing; add it.")
    @unknown default: self.init(place: "", problem: "cannot be read: \(error).")
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index + 1)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
  }

  private static func problem(_ context: DecodingError.Context, _ error: DecodingError) -> String {
    guard case .dataCorrupted = error else {
      return "has the wrong form; see the guide for the one that is meant (\(context.debugDescription))."
    }
    guard let cause = context.underlyingError else { return context.debugDescription }
    return "is not YAML: \(cause)."
  }
}

/// The file as it is written, before it is checked.
private struct RawCatalogue: Decodable {
  var registry: String
  var images: [RawImage]

  enum CodingKeys: String, CodingKey, CaseIterable { case registry, images }

  init(from decoder: any Decoder) throws {
    try refuseUnknownFields(decoder, known: CodingKeys.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: CodingKeys.self)
    registry = try container.decode(String.self, forKey: .registry)
    images = try container.decode([RawImage].self, forKey: .images)
  }

  func validated() throws(ImageCatalogueError) -> ImageCatalogue {
    guard ImageReference("\(registry)/x")?.host == registry else {
      throw ImageCatalogueError(
        place: "field 'registry'",
        problem: "'\(registry)' is not a host name; write one with a dot, such as images.canfar.net.")
    }
    var catalogue = ImageCatalogue(registry: registry, entries: [])
    var seen: Set<String> = []
    for (index, image) in images.enumerated() {
      let check = EntryCheck(position: index + 1, image: image)
      let entry = try check.entry()
      for tag in entry.tags where !seen.insert("\(entry.name):\(tag)").inserted {
        throw check.error("tags", "'\(entry.name):\(tag)' appears twice; keep one.")
      }
      catalogue.entries.append(entry)
    }
    return catalogue
  }
}

private struct RawImage: Decodable {
  var name: String
  var tags: [String]
  var root: String
  var share: [String]
  var kinds: [String: [String]]

  enum CodingKeys: String, CodingKey, CaseIterable { case name, tags, root, share, kinds }

  init(from decoder: any Decoder) throws {
    try refuseUnknownFields(decoder, known: CodingKeys.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? ["latest"]
    root = try container.decode(String.self, forKey: .root)
    share = try container.decodeIfPresent([String].self, forKey: .share) ?? []
    kinds = try container.decode([String: [String]].self, forKey: .kinds)
  }
}

/// Checks one image of the file.
private struct EntryCheck {
  let position: Int
  let image: RawImage

  func error(_ field: String, _ problem: String) -> ImageCatalogueError {
    ImageCatalogueError(place: "images[\(position)] (\(image.name)), field '\(field)'", problem: problem)
  }

  func entry() throws(ImageCatalogueError) -> ImageCatalogue.Entry {
    try checkName()
    for path in [image.root] + image.share where !isPath(path) {
      let field = path == image.root ? "root" : "share"
      throw error(field, "'\(path)' is not a whole path; write one that begins with / and has no .. in it.")
    }
    return ImageCatalogue.Entry(
      name: image.name, tags: image.tags, root: trimmed(image.root), share: image.share.map(trimmed),
      kinds: try kinds())
  }

  private func checkName() throws(ImageCatalogueError) {
    guard let reference = ImageReference(image.name), reference.host == nil, reference.repository == image.name else {
      throw error("name", "'\(image.name)' is not a name without host and tag; write one such as skaha/terminal.")
    }
    guard !image.tags.isEmpty else { throw error("tags", "the list is empty; write at least one tag, such as latest.") }
    for tag in image.tags where tag.contains("/") || ImageReference("\(image.name):\(tag)")?.tag != tag {
      throw error("tags", "'\(tag)' is not a tag; use letters, digits, dots, dashes and underscores.")
    }
  }

  private func kinds() throws(ImageCatalogueError) -> [SessionKind: [String]] {
    guard !image.kinds.isEmpty else { throw error("kinds", "the image can be started as nothing; add headless.") }
    var kinds: [SessionKind: [String]] = [:]
    for (word, command) in image.kinds {
      guard let kind = SessionKind(rawValue: word) else {
        let known = SessionKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw error("kinds", "'\(word)' is not a kind of session; the kinds are \(known).")
      }
      guard let program = command.first, !program.isEmpty, !command.contains(where: { $0.contains("\0") }) else {
        throw error("kinds.\(word)", "the command is empty; write a list such as [/bin/bash].")
      }
      kinds[kind] = command
    }
    return kinds
  }

  private func isPath(_ path: String) -> Bool {
    path.hasPrefix("/") && !path.contains("\0") && !path.split(separator: "/").contains("..")
  }

  private func trimmed(_ path: String) -> String {
    "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}

private struct AnyKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// A field that nobody reads is a mistake that nobody notices.
private func refuseUnknownFields(_ decoder: any Decoder, known: [String]) throws {
  let container = try decoder.container(keyedBy: AnyKey.self)
  for key in container.allKeys where !known.contains(key.stringValue) {
    let problem = "there is no field '\(key.stringValue)'; the fields are \(known.joined(separator: ", "))."
    throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: problem))
  }
}
