/// What a session may ask for on a server.
public struct SkahaContext: Hashable, Sendable, Decodable {
  /// Processor cores.
  public var cores: Choice
  /// Memory in GiB.
  public var memoryGB: Choice
  /// GPUs; no options where there are none.
  public var gpus: Choice
  /// How many interactive sessions a user may have at once.
  public var maxInteractiveSessions: Int?

  /// The amounts of one resource that can be asked for.
  public struct Choice: Hashable, Sendable, Decodable {
    /// What a fixed session gets that does not say.
    public var `default`: Int?
    /// What a flexible session starts with.
    public var defaultRequest: Int?
    /// What a flexible session may grow to.
    public var defaultLimit: Int?
    /// The amounts that a fixed session can ask for.
    public var options: [Int] = []

    init() {}

    public init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: FieldName.self)
      `default` = fields.lenientInt("default")
      defaultRequest = fields.lenientInt("defaultRequest")
      defaultLimit = fields.lenientInt("defaultLimit")
      options = fields.lenientInts("options")
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    func choice(_ name: FieldName) -> Choice { (try? fields.decode(Choice.self, forKey: name)) ?? Choice() }
    cores = choice("cores")
    memoryGB = choice("memoryGB")
    gpus = choice("gpus")
    maxInteractiveSessions = fields.lenientInt("maxInteractiveSessions")
  }
}
