public import Sessions

/// What follows from one input.
public struct Decision: Sendable {
  /// To be written down first, in this order.
  public var changes: [SessionChange] = []
  /// To be done once the changes are durable. Repeating one does no harm.
  public var effects: [Effect] = []
  /// The answer to a person's command, to be given once the changes are durable.
  public var reply: Reply?

  public init() {}
}

/// Something for the shell to do.
public enum Effect: Hashable, Sendable {
  case launch(Session)
  case stop(SessionID, grace: Duration)
  /// The engine holds running sessions that nobody here knows of: tell the operator.
  case reportUnknown([SessionID])
}

/// The answer to a command.
public enum Reply: Sendable {
  case created(Session)
  case destroyed
  case renewed(until: Instant)
  case refused(RoostError)
  /// The id is in use already: draw another.
  case idTaken
}
