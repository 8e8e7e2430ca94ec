import Engine
import Sessions
import Testing

@testable import LocalEngine

@Suite("What a supervisor is told")
struct PlanTests {
  @Test(
    "a session's name becomes a host name",
    arguments: [
      ("My Job_1", "my-job-1"), ("--a--", "a"), ("ÄÖ", "fallback"), ("", "fallback"),
      (String(repeating: "a", count: 62) + "-b", String(repeating: "a", count: 62)),
      (String(repeating: "x", count: 80), String(repeating: "x", count: 63)),
    ])
  func hostName(_ name: String, expected: String) {
    #expect(HostName.make(from: name, fallback: "fallback") == expected)
  }

  @Test("the environment has defaults that a session may change, and a home that it may not")
  func environment() throws {
    let plan = try LocalEngineFixture.plan(
      ["x"], environment: [.init("PATH", "/a"), .init("X", "1"), .init("X", "2"), .init("HOME", "/b")])
    let strings = try SessionEnvironment(plan, home: "/arc/home/alice").strings
    #expect(
      strings == [
        "PATH=/a", "LANG=C.UTF-8", "USER=alice", "LOGNAME=alice", "SHELL=/bin/bash", "X=2", "HOME=/arc/home/alice",
        "PWD=/arc/home/alice",
      ])
  }

  @Test(
    "a variable that no program can be handed is refused by name", arguments: [("A=B", "x"), ("", "x"), ("A", "x\0y")])
  func badVariable(_ name: String, value: String) throws {
    let plan = try LocalEngineFixture.plan(["x"], environment: [.init(name, value)])
    let error = #expect(throws: EngineError.self) { try SessionEnvironment(plan, home: "/") }
    #expect(error?.isRetryable == false && error?.message.contains(name) == true)
  }

  @Test(
    "a user name that is no name of a directory is refused",
    arguments: ["", ".", "..", "a/b", "a b", "a\0b", "a:b", "a\nb", String(repeating: "a", count: 65)])
  func badUserName(_ name: String) {
    #expect(throws: EngineError.self) {
      try HomeDirectory(PosixAccount(name: name, uid: 1, gid: 1), in: "/homes")
    }
  }

  @Test("a sandbox shows the image's directories read-only, its own in between, and nothing else")
  func sandboxArguments() {
    let arguments = Self.sandbox.arguments
    let text = " " + arguments.joined(separator: " ") + " "
    #expect(arguments.first == "/usr/bin/bwrap")
    for expected in [
      "--die-with-parent", "--unshare-net", "--as-pid-1", "--disable-userns", "--hostname job", "--ro-bind /usr /usr",
      "--symlink usr/bin /bin", "--ro-bind /var/lib /var/lib", "--bind /root/home /arc/home/alice",
      "--ro-bind-data 10 /etc/passwd", "--ro-bind-try /data /data", "--perms 0000 --tmpfs /opt/roost",
      "--remount-ro / --chdir /arc/home/alice -- /proc/self/fd/6 exec",
    ] { #expect(text.contains(" \(expected) "), "\(expected)") }
    #expect(!text.contains("--uid") && !text.contains("--dev-bind") && !text.contains("--setenv"))
  }

  @Test("without root, the session's ids are mapped")
  func mappedIDs() {
    var sandbox = Self.sandbox
    sandbox.mappedAccount = (7, 8)
    #expect(sandbox.arguments.joined(separator: " ").contains("--uid 7 --gid 8"))
  }

  @Test("of the host only programs are shown, of an image all but what a session has its own of")
  func shownEntries() {
    for name in ["usr", "bin", "lib", "lib64", "etc", "opt"] { #expect(RootLayout.isShown(name, ofHost: true)) }
    for name in ["root", "home", "run", "tmp", "data", "srv", "work", "mnt", "var"] {
      #expect(!RootLayout.isShown(name, ofHost: true))
    }
    #expect(RootLayout.isShown("anything", ofHost: false))
    for name in RootLayout.own { #expect(!RootLayout.isShown(name, ofHost: false)) }
  }

  @Test(
    "secret directories are covered where a sandbox would show them",
    arguments: [
      ("/", ["/opt/roost"], ["/opt/roost"]), ("/", ["/srv/roost"], []), ("/", ["/usr"], ["/usr"]),
      ("/", ["/opt/a", "/opt/a/b"], ["/opt/a"]), ("/", ["/optional/a"], []),
      ("/images/x", ["/images/x/opt/s"], ["/opt/s"]), ("/images/x", ["/opt/s"], []),
    ])
  func covers(_ root: String, secret: [String], expected: [String]) {
    #expect(HiddenDirectories.covers(secret, root: root, shown: ["/usr", "/opt"]) == expected)
  }

  @Test("a secret below a closed directory is covered at that directory")
  func coverClosedDirectory() {
    #expect(HiddenDirectories.reachable("/opt/a/b/c") { $0 != "/opt/a" } == "/opt/a")
    #expect(HiddenDirectories.reachable("/opt/a/b/c") { _ in true } == "/opt/a/b/c")
  }

  @Test("a plan is keys and values with a NUL behind each, and says nothing of a user to become without one")
  func encoding() throws {
    let account = PosixAccount(name: "alice", uid: 7, gid: 8)
    var plan = SessionPlan(
      id: try #require(SessionID("abcdefgh")), account: account, home: "/h", root: nil, sandbox: Self.sandbox,
      command: ["sh", "-c", "a\nb"], environment: ["A=1\n2"],
      cgroups: SessionCgroups(
        .version1(["memory": "/m"]), id: try #require(SessionID("abcdefgh")),
        limits: .init(cpu: .cores(1), reservedCPU: .cores(1), memory: .gibibytes(1), processes: 5)),
      logLimit: .mebibytes(1), events: "../e", accounts: AccountFiles(account, home: "/arc/home/alice"))
    let fields = Self.fields(plan)
    #expect(fields.filter { $0.0 == "command" }.map(\.1) == ["sh", "-c", "a\nb"])
    #expect(fields.contains { $0 == ("environment", "A=1\n2") })
    #expect(fields.contains { $0 == ("limit", "/m/abcdefgh/memory.limit_in_bytes\n1073741824") })
    #expect(fields.contains { $0 == ("uid", "7") } && fields.contains { $0 == ("home", "/h") })
    plan.account = nil
    #expect(!Self.fields(plan).contains { $0.0 == "uid" || $0.0 == "stage" })
  }

  @Test("the version of bubblewrap is read from what it prints")
  func bubblewrapVersion() throws {
    #expect(try #require(Bubblewrap.parseVersion("bubblewrap 0.11.0\n")) == (0, 11))
    #expect(Bubblewrap.parseVersion("something else") == nil)
  }

  @Test("without bubblewrap, the sentence says how to install it")
  func missingBubblewrap() {
    let error = #expect(throws: EngineError.self) { try Bubblewrap.find(in: ["/no/such/place"]) }
    #expect(error?.message.contains("apt-get install bubblewrap") == true)
  }

  private static func fields(_ plan: SessionPlan) -> [(String, String)] {
    let words = plan.encoded.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
    return stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
  }

  private static let sandbox = Sandbox(
    bubblewrap: "/usr/bin/bwrap", forbidsUserNamespaces: true, mappedAccount: nil, hostName: "job",
    layout: RootLayout(
      source: "/",
      entries: [
        .init(name: "bin", kind: .link(to: "usr/bin")), .init(name: "etc", kind: .directory),
        .init(name: "usr", kind: .directory),
      ], varEntries: [.init(name: "lib", kind: .directory)], accountFiles: ["passwd", "group"]),
    homeSource: "/root/home", home: "/arc/home/alice", share: ["/data"], covers: ["/opt/roost"])
}
