import Yams

// What the configuration file must not hold.
extension ConfigurationFile {
  /// The keys there are, by section; the empty section is the top.
  private static let keys: [String: Set<String>] = [
    "": ["listen", "images", "capacity", "limits", "lifetimes", "retention", "accounts", "logs", "local"],
    "capacity": ["cores", "memoryGiB", "gpus"],
    "limits": ["interactiveSessions", "liveSessions", "requestBody"],
    "lifetimes": ["headlessHours", "interactiveHours", "stopGraceSeconds"],
    "retention": ["days", "listedHours"],
    "accounts": ["firstUID"],
    "logs": ["limitMiB"],
    "local": ["supervisor", "processes"],
  ]

  /// A key that is misspelt would otherwise be a setting that silently does nothing.
  static func checkKeys(of node: Node, in section: String = "") throws(StartError) {
    guard let mapping = node.mapping else {
      throw StartError(section.isEmpty ? "it must be a mapping of keys to values" : "'\(section)' must be a mapping")
    }
    let known = keys[section] ?? []
    for (key, value) in mapping {
      let name = key.string ?? "?"
      guard known.contains(name) else {
        let place = key.mark.map { "line \($0.line): " } ?? ""
        let path = section.isEmpty ? name : "\(section).\(name)"
        throw StartError("\(place)unknown key '\(path)'; there are \(known.sorted().joined(separator: ", "))")
      }
      if section.isEmpty, keys[name] != nil { try checkKeys(of: value, in: name) }
    }
  }

  func checkRanges() throws(StartError) {
    try Self.check("capacity.cores", capacity.cores, in: 1...100_000)
    try Self.check("capacity.memoryGiB", capacity.memoryGiB, in: 1...1_000_000)
    try Self.check("capacity.gpus", capacity.gpus, in: 0...1024)
    try Self.check("limits.interactiveSessions", limits.interactiveSessions, in: 0...100_000)
    try Self.check("limits.liveSessions", limits.liveSessions, in: 1...1_000_000)
    try Self.check("limits.requestBody", limits.requestBody, in: 1024...1 << 30)
    try Self.check("lifetimes.headlessHours", lifetimes.headlessHours, in: 1...100_000)
    try Self.check("lifetimes.interactiveHours", lifetimes.interactiveHours, in: 1...100_000)
    try Self.check("lifetimes.stopGraceSeconds", lifetimes.stopGraceSeconds, in: 0...3600)
    try Self.check("retention.days", retention.days, in: 1...100_000)
    try Self.check("retention.listedHours", retention.listedHours, in: 0...100_000)
    try Self.check("accounts.firstUID", Int(accounts.firstUID), in: 1000...2_000_000_000)
    try Self.check("logs.limitMiB", logs.limitMiB, in: 1...1_000_000)
    try Self.check("local.processes", local.processes, in: 8...4_000_000)
  }

  private static func check(_ key: String, _ value: Int?, in range: ClosedRange<Int>) throws(StartError) {
    guard let value, !range.contains(value) else { return }
    throw StartError("'\(key)' is \(value); it must be from \(range.lowerBound) to \(range.upperBound)")
  }

  static func explain(_ error: DecodingError) -> String {
    let (context, what) =
      switch error {
      case .typeMismatch(_, let context): (context, "has a value of the wrong type")
      case .valueNotFound(_, let context): (context, "has no value")
      case .keyNotFound(let key, let context): (context, "lacks '\(key.stringValue)'")
      case .dataCorrupted(let context): (context, "cannot be understood: \(context.debugDescription)")
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "cannot be understood")
      }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "it \(what)" : "'\(path)' \(what)"
  }
}
