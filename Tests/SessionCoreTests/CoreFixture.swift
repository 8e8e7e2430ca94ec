import HashTreeCollections
import SessionCore
import Sessions

/// A core with one node of four cores and 16 GiB, and the time that passes for it.
struct CoreFixture {
  var core: SessionCore
  var now = Instant(milliseconds: 1_000_000)
  private var drawn = 0

  init(policy: Policy = Policy(), cores: Int64 = 4) {
    core = SessionCore(policy: policy)
    apply(.nodes(["node-1": ResourceSlots(cpu: .cores(cores), memory: .gibibytes(16))]))
  }

  static let alice = Owner(id: UserID(1), name: "alice")
  static let bob = Owner(id: UserID(2), name: "bob")

  @discardableResult
  mutating func apply(_ input: Input) -> Decision { core.apply(input, at: now) }

  mutating func pass(_ duration: Duration) { now = now + duration }

  /// Asks for a session and gives its id.
  mutating func create(
    cores: Int64 = 1, kind: SessionKind = .headless, owner: Owner = alice, lifetime: Duration = .seconds(3600)
  ) -> SessionID {
    drawn += 1
    let digits = String(drawn)
    let id = SessionID("s" + String(repeating: "0", count: 7 - digits.count) + digits)!
    apply(.create(CreateRequest(id: id, owner: owner, spec: Self.spec(cores: cores, kind: kind, lifetime: lifetime))))
    return id
  }

  static func spec(cores: Int64 = 1, kind: SessionKind = .headless, lifetime: Duration = .seconds(3600)) -> SessionSpec
  {
    let slots = ResourceSlots(cpu: .cores(cores), memory: .gibibytes(1))
    return SessionSpec(
      name: "test", kind: kind, image: ImageReference("skaha/terminal")!,
      resources: ResourceRequest(reserved: slots, limit: slots, isFixed: true), lifetime: lifetime)
  }

  /// Takes a session from its launch to its running.
  mutating func run(_ id: SessionID) {
    apply(.launchAccepted(id))
    apply(.status(id, .running(since: now)))
  }

  func state(_ id: SessionID) -> SessionState? { core.sessions[id]?.state }
}

extension Decision {
  /// The last state that the decision writes down for a session.
  func state(of id: SessionID) -> SessionState? {
    changes.compactMap { change in
      if case .session(let session) = change, session.id == id { session.state } else { nil }
    }.last
  }

  var launched: [SessionID] {
    effects.compactMap { if case .launch(let session) = $0 { session.id } else { nil } }
  }

  var stopped: [SessionID] {
    effects.compactMap { if case .stop(let id, _) = $0 { id } else { nil } }
  }

  var reasons: [String] {
    changes.compactMap { if case .event(_, let event) = $0 { event.reason } else { nil } }
  }

  var refusal: RoostError? {
    if case .refused(let error) = reply { error } else { nil }
  }
}
