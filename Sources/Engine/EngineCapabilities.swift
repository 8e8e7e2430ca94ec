/// What an engine can and cannot do.
public struct EngineCapabilities: Hashable, Sendable {
  /// The engine's name as people read it.
  public var name: String
  /// Limits that the engine cannot enforce here, each as a sentence; sessions say so in their timeline.
  public var limitations: [String]

  public init(name: String, limitations: [String] = []) {
    self.name = name
    self.limitations = limitations
  }
}
