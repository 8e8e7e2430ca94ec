import HashTreeCollections
import Sessions

/// How many sessions of one owner are not over.
struct LiveCount: Hashable, Sendable {
  var total = 0
  /// Of these, the interactive ones that have not been asked to stop.
  var interactive = 0
  /// Bytes of their names, commands and environments.
  var bytes = 0
}

extension SessionCore {
  /// Puts `session` in the place of what was known of it, and counts it for its owner.
  mutating func put(_ session: Session) {
    if let old = sessions[session.id] { count(old, by: -1) }
    sessions[session.id] = session.state.isTerminal ? nil : session
    if !session.state.isTerminal { count(session, by: 1) }
  }

  private mutating func count(_ session: Session, by step: Int) {
    var count = liveCounts[session.owner.id] ?? LiveCount()
    count.total += step
    count.bytes += step * session.spec.textSize
    if session.spec.kind.isInteractive, session.state.word != "terminating" { count.interactive += step }
    liveCounts[session.owner.id] = count == LiveCount() ? nil : count
  }
}
