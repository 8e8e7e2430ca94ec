public import Engine
public import Sessions

/// The behaviour that every engine must show, as checks that can be run against any.
///
/// A test runs them with `@Test(arguments: EngineConformance.checks)`; each throws a sentence if the engine fails it.
public struct EngineConformance: Sendable {
  /// What a session of the suite does.
  public enum Program: Hashable, Sendable {
    /// Ends at once with this code.
    case exit(code: Int)
    /// Prints these lines and ends with code 0.
    case print([String])
    /// Prints these lines, and then runs until it is stopped; SIGTERM kills it.
    case wait(after: [String])
    /// Cannot be started, as there is no such program.
    case missing
  }

  /// The engine, and how to make it do what the suite needs.
  public struct Subject: Sendable {
    public var engine: any Engine
    public var plan: @Sendable (SessionID, Program) -> LaunchPlan
    /// How long the slowest step may take before the engine counts as hung.
    public var patience: Duration

    public init(
      _ engine: any Engine, patience: Duration = .seconds(20),
      plan: @escaping @Sendable (SessionID, Program) -> LaunchPlan
    ) {
      self.engine = engine
      self.plan = plan
      self.patience = patience
    }
  }

  /// A check that an engine did not pass.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
  }

  /// One behaviour.
  public struct Check: Sendable, CustomStringConvertible {
    public var description: String
    public var run: @Sendable (Subject) async throws -> Void
  }

  public static let checks: [Check] = outcomeChecks + launchChecks + stopChecks + logChecks + recordChecks
}

extension EngineConformance {
  private static let outcomeChecks = [
    Check(description: "a program that exits 0 is a success with a start and an end") { subject in
      let id = try await subject.launch(.exit(code: 0))
      let end = try await subject.end(of: id)
      try require(end.exit == .exited(code: 0), "expected exit code 0, got \(end.ending)")
      guard let start = end.startedAt else { throw Failure("a session that ran has no start") }
      try require(start <= end.at, "it started at \(start) and ended before, at \(end.at)")
    },
    Check(description: "an exit code is reported as it is") { subject in
      let id = try await subject.launch(.exit(code: 3))
      let end = try await subject.end(of: id)
      try require(end.exit == .exited(code: 3), "expected exit code 3, got \(end.ending)")
    },
    Check(description: "a program that is not there could not be started, and the sentence is not empty") { subject in
      let id = try await subject.launch(.missing)
      let end = try await subject.end(of: id)
      guard case .couldNotStart(let reason) = end.ending else { throw Failure("expected no start, got \(end.ending)") }
      try require(!reason.isEmpty, "no reason is given")
      try require(end.startedAt == nil, "a program that never ran has a start")
    },
  ]

  private static let launchChecks = [
    Check(description: "a session is in the census as soon as launch returns") { subject in
      let id = try await subject.launch(.wait(after: []))
      let census = try await subject.engine.census()
      try require(census.sessions[id] != nil, "the census does not know \(id)")
      try await subject.clear(id)
    },
    Check(description: "a second launch of a running session changes nothing") { subject in
      let id = try await subject.launch(.wait(after: ["once"]))
      let first = try await subject.start(of: id)
      try await subject.engine.launch(subject.plan(id, .wait(after: ["once"])))
      let second = try await subject.start(of: id)
      try require(first == second, "it started at \(first) and again at \(second)")
      try await subject.clear(id)
    },
    Check(description: "a session that has ended never runs again") { subject in
      let id = try await subject.launch(.print(["once"]))
      let first = try await subject.end(of: id)
      try await subject.engine.launch(subject.plan(id, .print(["once"])))
      let second = try await subject.end(of: id)
      try require(first == second, "its end was \(first) and then \(second)")
      let log = try await subject.log(of: id)
      try require(log == "once\n", "its log is now '\(log)'")
    },
    Check(description: "an unknown image is refused for good") { subject in
      var plan = subject.plan(newID(), .exit(code: 0))
      guard let unknown = ImageReference("no.such.host/nobody/nothing:never") else { return }
      plan.spec.image = unknown
      do {
        try await subject.engine.launch(plan)
      } catch let error as EngineError {
        try require(!error.isRetryable, "the refusal says that trying again can help")
        return
      }
      throw Failure("the launch was accepted")
    },
  ]

  private static let stopChecks = [
    Check(description: "a stopped session dies of SIGTERM") { subject in
      let id = try await subject.launch(.wait(after: []))
      _ = try await subject.start(of: id)
      try await subject.engine.stop(id, grace: subject.patience)
      let end = try await subject.end(of: id)
      try require(end.exit == .signalled(15), "expected signal 15, got \(end.ending)")
    },
    Check(description: "a session that is stopped at any moment of its launch ends") { subject in
      for step in 0..<60 {
        let id = try await subject.launch(.wait(after: []))
        try await Task.sleep(for: .microseconds(step * 200))
        try await subject.engine.stop(id, grace: .zero)
        _ = try await subject.end(of: id)
      }
    },
    Check(description: "stopping a session that has ended, or never was, is success") { subject in
      let id = try await subject.launch(.exit(code: 0))
      let end = try await subject.end(of: id)
      try await subject.engine.stop(id, grace: .zero)
      try await subject.engine.stop(newID(), grace: .zero)
      let after = try await subject.end(of: id)
      try require(end == after, "the stop changed the end from \(end) to \(after)")
    },
  ]

  private static let logChecks = [
    Check(description: "the log holds what was printed") { subject in
      let id = try await subject.launch(.print(["one", "", "drei äöü"]))
      _ = try await subject.end(of: id)
      let log = try await subject.log(of: id)
      try require(log == "one\n\ndrei äöü\n", "the log is '\(log)'")
    },
    Check(description: "the tail of a log is its last lines") { subject in
      let id = try await subject.launch(.print(["one", "two", "three"]))
      _ = try await subject.end(of: id)
      for (count, expected) in [(0, ""), (2, "two\nthree\n"), (9, "one\ntwo\nthree\n")] {
        let log = try await subject.log(of: id, LogRequest(tail: count))
        try require(log == expected, "the last \(count) lines are '\(log)'")
      }
    },
    Check(description: "lines before an instant are left out") { subject in
      let id = try await subject.launch(.print(["one"]))
      let end = try await subject.end(of: id)
      let later = try await subject.log(of: id, LogRequest(since: end.at + .seconds(3600)))
      try require(later.isEmpty, "an hour after the end, the log says '\(later)'")
      let all = try await subject.log(of: id, LogRequest(since: end.at - .seconds(3600)))
      try require(all == "one\n", "since an hour before the end, the log says '\(all)'")
    },
    Check(description: "with timestamps, each line begins with its time") { subject in
      let id = try await subject.launch(.print(["one", "two"]))
      _ = try await subject.end(of: id)
      let lines = try await subject.log(of: id, LogRequest(timestamps: true)).split(separator: "\n")
      try require(lines.count == 2, "there are \(lines.count) lines")
      for (line, word) in zip(lines, ["one", "two"]) {
        let isStamped = line.count == 25 + word.count && Array(line.utf8)[23] == UInt8(ascii: "Z")
        try require(isStamped && line.hasSuffix(" \(word)"), "a line is '\(line)'")
      }
    },
    Check(description: "following a log ends with the session") { subject in
      let id = try await subject.launch(.wait(after: ["ready"]))
      var text = ""
      for try await bytes in subject.engine.logs(of: id, LogRequest(follow: true)) {
        text += String(decoding: bytes, as: UTF8.self)
        if text == "ready\n" { try await subject.engine.stop(id, grace: .zero) }
      }
      try require(text == "ready\n", "the log was '\(text)'")
    },
    Check(description: "the log of an unknown session is empty, also when followed") { subject in
      for follow in [false, true] {
        let log = try await subject.log(of: newID(), LogRequest(follow: follow))
        try require(log.isEmpty, "the log says '\(log)'")
      }
    },
  ]

  private static let recordChecks = [
    Check(description: "a forgotten session is gone, and forgetting it again is success") { subject in
      let id = try await subject.launch(.print(["one"]))
      _ = try await subject.end(of: id)
      for _ in 0..<2 { try await subject.engine.forget(id) }
      let census = try await subject.engine.census()
      try require(census.sessions[id] == nil, "the census still knows it")
      let log = try await subject.log(of: id)
      try require(log.isEmpty, "its log still says '\(log)'")
    },
    Check(description: "the image of a launch is among the images, with a digest") { subject in
      let wanted = subject.plan(newID(), .exit(code: 0)).spec
      let images = try await subject.engine.images()
      let image = images.first {
        $0.reference.repository == wanted.image.repository && $0.reference.tag == wanted.image.tag
      }
      guard let image else { throw Failure("\(wanted.image) is not among the images") }
      try require(image.kinds.contains(wanted.kind), "it cannot be started as \(wanted.kind)")
      let isDigest = image.digest.hasPrefix("sha256:") && image.digest.utf8.count == 71
      try require(isDigest, "its digest is '\(image.digest)'")
    },
    Check(description: "there is a node with room for a launch") { subject in
      let wanted = subject.plan(newID(), .exit(code: 0)).spec.resources.reserved
      let nodes = try await subject.engine.capacity()
      try require(nodes.contains { $0.capacity.contains(wanted) }, "no node has room for \(wanted)")
    },
  ]

  private static func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws(Failure) {
    if !condition { throw Failure(problem()) }
  }

  private static func newID() -> SessionID {
    var generator = SystemRandomNumberGenerator()
    return .random(using: &generator)
  }
}

extension EngineConformance.Subject {
  /// How a session ended, taken out of its status.
  struct End: Hashable {
    var ending: EngineEnding
    var startedAt: Instant?
    var at: Instant

    /// What ended its program; `nil` if that never ran.
    var exit: Outcome.Ending? {
      guard case .finished(let outcome) = ending else { return nil }
      return outcome.ending
    }
  }

  func launch(_ program: EngineConformance.Program) async throws -> SessionID {
    var generator = SystemRandomNumberGenerator()
    let id = SessionID.random(using: &generator)
    try await engine.launch(plan(id, program))
    return id
  }

  func end(of id: SessionID) async throws -> End {
    try await poll("the end of \(id)") {
      guard case .ended(let ending, let startedAt, let at) = try await engine.census().sessions[id] else { return nil }
      return End(ending: ending, startedAt: startedAt, at: at)
    }
  }

  func start(of id: SessionID) async throws -> Instant {
    try await poll("the start of \(id)") {
      guard case .running(let since) = try await engine.census().sessions[id] else { return nil }
      return since
    }
  }

  func clear(_ id: SessionID) async throws {
    try await engine.stop(id, grace: .zero)
    _ = try await end(of: id)
  }

  func log(of id: SessionID, _ request: LogRequest = LogRequest()) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in engine.logs(of: id, request) { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func poll<Value>(_ what: String, _ look: () async throws -> Value?) async throws -> Value {
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline {
      if let value = try await look() { return value }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw EngineConformance.Failure("\(what) did not come within \(patience)")
  }
}
