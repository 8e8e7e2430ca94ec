/// Everything that a session's owner asked for, settled at creation and never changed.
public struct SessionSpec: Hashable, Sendable, Codable {
  /// A label of the owner's; any number of sessions may share one.
  public var name: String
  public var kind: SessionKind
  public var image: ImageReference
  public var resources: ResourceRequest
  /// The program and its arguments; empty means what the image starts by itself.
  public var command: [String]
  /// In the order given; of two with one name the later one counts.
  public var environment: [EnvironmentVariable]
  /// How long it may run, counted from its start.
  public var lifetime: Duration

  public init(
    name: String, kind: SessionKind, image: ImageReference, resources: ResourceRequest, command: [String] = [],
    environment: [EnvironmentVariable] = [], lifetime: Duration
  ) {
    self.name = name
    self.kind = kind
    self.image = image
    self.resources = resources
    self.command = command
    self.environment = environment
    self.lifetime = lifetime
  }
}

extension SessionSpec {
  /// Bytes of what its owner wrote: name, command and environment.
  public var textSize: Int {
    name.utf8.count + command.reduce(0) { $0 + $1.utf8.count }
      + environment.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
  }
}

/// A variable of a session's environment.
public struct EnvironmentVariable: Hashable, Sendable, Codable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
