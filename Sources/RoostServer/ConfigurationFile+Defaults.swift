import Yams

// Synthesised decoding demands every key, so what a file does not mention is filled in before it is decoded.
extension ConfigurationFile {
  /// `node` laid over the defaults.
  static func withDefaults(_ node: Node) throws -> Node {
    let defaults = try Yams.compose(yaml: YAMLEncoder().encode(Self()))
    return defaults.map { overlay(node, on: $0) } ?? node
  }

  private static func overlay(_ upper: Node, on lower: Node) -> Node {
    guard let changes = upper.mapping, var merged = lower.mapping else { return upper }
    for (key, value) in changes { merged[key] = merged[key].map { overlay(value, on: $0) } ?? value }
    return .mapping(merged)
  }
}
