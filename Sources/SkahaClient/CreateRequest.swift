/// What is asked for with one create, before it is spread over replicas.
struct CreateRequest: Sendable {
  /// The published clients allow as many.
  static let replicaLimit = 512

  var name: String
  var image: String
  var cores: Double?
  var ram: Double?
  var kind: SkahaSession.Kind
  var gpu: Int?
  var cmd: String?
  var args: SkahaArguments?
  var env: [String: String]
  var replicas: Int

  /// Refuses what no server can do, and what the original server would drop without a word.
  func check() throws(SkahaError) {
    guard !name.isEmpty else { throw Self.bad("name", "is empty", "Use letters, digits and dashes.") }
    guard !image.isEmpty else { throw Self.bad("image", "is empty", "Name one that images() lists.") }
    guard (1...Self.replicaLimit).contains(replicas) else {
      throw Self.bad("replicas", "is \(replicas)", "Use 1 to \(Self.replicaLimit).")
    }
    for (field, amount) in [("cores", cores), ("ram", ram), ("gpu", gpu.map(Double.init))] {
      guard amount.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw Self.bad(field, "is not above zero", "Leave it out to take what the server gives.")
      }
    }
    guard kind == .headless || (cmd == nil && args == nil && env.isEmpty) else {
      throw Self.bad("kind", "is \(kind)", "Only headless sessions take cmd, args and env.")
    }
    if let name = env.keys.sorted().first(where: { $0.isEmpty || $0.contains("=") }) {
      throw Self.bad("env", "has a variable called '\(name)'", "A name is not empty and has no '='.")
    }
  }

  /// The replicas, named as the published clients do.
  var targets: [Replica] {
    (1...max(1, replicas)).map { Replica(number: $0, name: replicas > 1 ? "\(name)-\($0)" : name) }
  }

  /// The request for one replica, parameters in the order of the published clients.
  func request(for replica: Replica) -> SkahaRequest {
    let optional = [
      ("name", replica.name), ("image", image), ("cores", cores.map(Self.number)), ("ram", ram.map(Self.number)),
      ("type", kind.word), ("gpus", gpu.map(String.init)), ("cmd", cmd), ("args", args?.text),
    ]
    var query = optional.compactMap { name, value in value.map { (name: name, value: $0) } }
    query += env.sorted { $0.key < $1.key }.map { ("env", "\($0.key)=\($0.value)") }
    query += [("env", "REPLICA_ID=\(replica.number)"), ("env", "REPLICA_COUNT=\(replicas)")]
    return SkahaRequest(method: .post, path: ["session"], query: query, carriesRegistryCredential: true)
  }

  private static func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? String(value) }

  private static func bad(_ field: String, _ what: String, _ advice: String) -> SkahaError {
    .badParameter("The parameter '\(field)' \(what).", advice: advice)
  }
}
