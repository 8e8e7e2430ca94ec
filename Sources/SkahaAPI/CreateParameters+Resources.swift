import Sessions

extension CreateParameters {
  func resources(for kind: SessionKind) throws(RoostError) -> ResourceRequest {
    var request = options.flexible
    switch kind {
    case .desktop: request = .between(.init(thousandths: 250), .gibibytes(1), and: .cores(1), .gibibytes(4))
    case .firefly: request = .between(.init(thousandths: 100), .gibibytes(4), and: .cores(1), .gibibytes(4))
    case .headless, .notebook, .carta, .contributed, .desktopApp: try addRequested(to: &request)
    }
    return request
  }

  private func addRequested(to request: inout ResourceRequest) throws(RoostError) {
    if let cores = try amount("cores", among: options.cores) {
      request.reserved.cpu = MilliCPU(thousandths: Int64((cores * 1000).rounded()))
      request.limit.cpu = request.reserved.cpu
      request.isFixed = true
    }
    if let gibibytes = try amount("ram", among: options.memoryGiB) {
      request.reserved.memory = ByteCount(bytes: Int64((gibibytes * 1_073_741_824).rounded()))
      request.limit.memory = request.reserved.memory
      request.isFixed = true
    }
  }

  /// An amount whose whole part is among the options.
  private func amount(_ name: String, among options: [Int]) throws(RoostError) -> Double? {
    guard let text = parameters[name] else { return nil }
    guard text.utf8.allSatisfy(Self.decimals.contains), let value = Double(text), (1..<1_000_000).contains(value),
      options.contains(Int(value))
    else {
      throw invalid(name, text, among: options)
    }
    // Parts of a core or GiB must not carry an amount past the largest option.
    guard value <= Double(options.max() ?? 0) else { throw invalid(name, text, among: options) }
    return value
  }

  func gpus() throws(RoostError) -> Int {
    guard let text = parameters["gpus"] else { return 0 }
    guard let count = Int(text), count == 0 || options.gpus.contains(count) else {
      throw invalid("gpus", text, among: options.gpus)
    }
    return count
  }

  private static let decimals = Set("0123456789.".utf8)

  private func invalid(_ name: String, _ value: String, among options: [Int]) -> RoostError {
    let choice = options.isEmpty ? "this server has none" : "choose from \(Self.list(options))"
    return RoostError(.invalidArgument, "Invalid value for '\(name)': \(value.prefix(80)) (\(choice))", field: name)
  }

  /// The options in short: a range where they are one.
  private static func list(_ options: [Int]) -> String {
    guard let first = options.first, let last = options.last, options.count > 1 else {
      return options.map(String.init).joined()
    }
    return last - first == options.count - 1 ? "\(first) to \(last)" : options.map(String.init).joined(separator: ", ")
  }
}

extension ResourceRequest {
  fileprivate static func between(
    _ cpu: MilliCPU, _ memory: ByteCount, and cpuLimit: MilliCPU, _ memoryLimit: ByteCount
  ) -> ResourceRequest {
    ResourceRequest(
      reserved: ResourceSlots(cpu: cpu, memory: memory), limit: ResourceSlots(cpu: cpuLimit, memory: memoryLimit),
      isFixed: false)
  }
}
