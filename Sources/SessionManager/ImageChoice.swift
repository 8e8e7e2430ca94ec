import Engine
import Sessions

/// Whether an image can be launched, and if not, what its owner may have meant.
enum ImageChoice {
  /// - Throws: `RoostError` (`invalidArgument`) that names the closest images, or the kinds that the image serves.
  static func check(_ wanted: ImageReference, for kind: SessionKind, among images: [Image]) throws(RoostError) {
    let named = images.filter { $0.reference.matches(wanted) }
    guard !named.isEmpty else {
      throw RoostError(
        .invalidArgument, "Unknown image '\(wanted)'. \(suggestion(for: wanted, images))", field: "image")
    }
    let kinds = Set(named.flatMap(\.kinds))
    guard kinds.contains(kind) else {
      let served = kinds.map(\.rawValue).sorted().joined(separator: ", ")
      throw RoostError(
        .invalidArgument, "Image '\(wanted)' cannot be started as \(kind.rawValue), only as \(served)", field: "type")
    }
  }

  private static func suggestion(for wanted: ImageReference, _ images: [Image]) -> String {
    guard !images.isEmpty else { return "This server has no images; its administrator can add some to the catalogue." }
    let target = wanted.withoutHost
    let closest = images.map { ($0, distance(target, $0.reference.withoutHost)) }
      .sorted { ($0.1, $0.0.reference.description) < ($1.1, $1.0.reference.description) }.prefix(3)
    return "The closest are: " + closest.map { $0.0.reference.description }.joined(separator: ", ")
  }

  /// The Levenshtein distance: how many letters have to be changed, added or left out.
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (i, letter) in left.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}

extension ImageReference {
  /// Whether `wanted` means this image; a name without a host means it at any host.
  fileprivate func matches(_ wanted: ImageReference) -> Bool {
    wanted.repository == repository && wanted.tag == tag && (wanted.host == nil || host == nil || wanted.host == host)
  }

  fileprivate var withoutHost: String { repository + ":" + tag }
}
