/// A fact to be written down before anybody is told of it.
public enum SessionChange: Hashable, Sendable {
  /// The session is now this; it may be new.
  case session(Session)
  /// This happened to it.
  case event(SessionID, TimelineEvent)
  /// Its owner has put an ended session away.
  case dismissed(SessionID)
}
