public import Engine
public import Identity
public import Sessions

/// Values that many tests need one of.
public enum Sample {
  /// A node of four cores and 16 GiB.
  public static let node = Node(
    name: "node-1", capacity: ResourceSlots(cpu: .cores(4), memory: .gibibytes(16)))

  public static let terminal = ImageReference("images.canfar.net/skaha/terminal:1.1.2")!

  public static let images = [
    Image(reference: terminal, kinds: [.headless, .notebook], digest: "sha256:" + String(repeating: "0", count: 64))
  ]

  public static let alice = principal(1, "alice")
  public static let bob = principal(2, "bob")

  private static func principal(_ number: Int64, _ name: String) -> Principal {
    Principal(user: User(id: UserID(number), name: UserName(name)!, role: .user))
  }

  /// A session of one core and 1 GiB.
  public static func spec(
    name: String = "test", cores: Int64 = 1, kind: SessionKind = .headless, command: [String] = ["sleep"],
    lifetime: Duration = .seconds(3600)
  ) -> SessionSpec {
    let slots = ResourceSlots(cpu: .cores(cores), memory: .gibibytes(1))
    return SessionSpec(
      name: name, kind: kind, image: terminal,
      resources: ResourceRequest(reserved: slots, limit: slots, isFixed: true), command: command, lifetime: lifetime)
  }

  /// The plan of alice's session `id`.
  public static func plan(_ id: SessionID, command: [String]) -> LaunchPlan {
    LaunchPlan(id: id, spec: spec(command: command), account: account(alice.owner), environment: [])
  }

  /// The account that a person's sessions run as in tests.
  @Sendable public static func account(_ owner: Owner) -> PosixAccount {
    PosixAccount(name: owner.name, uid: 5000, gid: 5000)
  }
}
