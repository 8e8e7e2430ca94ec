import Engine
import Glibc
import Sessions
import Testing

@testable import LocalEngine

@Suite("What a session of the local engine can see and do")
struct IsolationTests {
  @Test("it starts in its home, under its owner's name, in a host of its own name")
  func identity() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("pwd; echo $HOME; id -un; id -u; id -gn; hostname")
      #expect(ended.log == "/arc/home/alice\n/arc/home/alice\nalice\n20001\nalice\ntest-session\n")
    }
  }

  @Test("what it leaves in its home is there for the next session of the same person")
  func homePersists() async throws {
    try await LocalEngineFixture.with { fixture in
      _ = try await fixture.run("echo kept > note")
      #expect(try await fixture.run("cat note").log == "kept\n")
    }
  }

  @Test("another person's home is not there")
  func homesAreApart() async throws {
    try await LocalEngineFixture.with { fixture in
      _ = try await fixture.run("echo secret > note; chmod 777 . note")
      let ended = try await fixture.run(
        "ls /arc/home; cat /arc/home/alice/note \(fixture.directory)/homes/alice/note", as: Person.bob)
      #expect(ended.log.hasPrefix("bob\n"))
      #expect(!ended.log.contains("secret"))
    }
  }

  @Test(
    "on disk, another person may not enter a home",
    .enabled(if: LocalEngineFixture.isRoot, LocalEngineFixture.needsRoot))
  func homeMode() async throws {
    try await LocalEngineFixture.with { fixture in
      _ = try await fixture.run("true")
      let status = try Files.status("\(fixture.directory)/homes/alice")
      #expect(status.st_mode & 0o777 == 0o700)
      #expect(status.st_uid == 20001 && status.st_gid == 20001)
    }
  }

  @Test(
    "a home that belongs to another user id is not used",
    .enabled(if: LocalEngineFixture.isRoot, LocalEngineFixture.needsRoot))
  func foreignHome() async throws {
    try await LocalEngineFixture.with { fixture in
      _ = try await fixture.run("true")
      let impostor = PosixAccount(name: "alice", uid: 20003, gid: 20003)
      await #expect(throws: EngineError.self) { try await fixture.launch("true", as: impostor) }
    }
  }

  @Test(
    "it cannot write to the root, nor change that", arguments: ["/", "/usr", "/etc", "/opt", "/var/lib"])
  func readOnlyRoot(_ path: String) async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run(
        "touch \(path)/x && echo written; mount -o remount,rw \(path) && echo remounted;"
          + "unshare -r mount -o remount,rw,bind \(path) && echo remounted; touch \(path)/x && echo written; true")
      #expect(!ended.log.contains("written") && !ended.log.contains("remounted"), "\(ended.log)")
    }
  }

  @Test("it has no capabilities, and cannot get any")
  func capabilities() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("grep -E 'Cap(Prm|Eff|Bnd|Amb)|NoNewPrivs' /proc/self/status; unshare -Ur true")
      let lines = ended.log.split(separator: "\n")
      #expect(lines.prefix(4).allSatisfy { $0.hasSuffix("\t0000000000000000") }, "\(ended.log)")
      #expect(lines.dropFirst(4).first == "NoNewPrivs:\t1")
      #expect(ended.outcome?.ending == .exited(code: 1), "it made a user namespace")
    }
  }

  @Test("it may write to /tmp, /run, /scratch, /var/tmp and /dev/shm, which are its own")
  func privateDirectories() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run(
        "for d in /tmp /run /scratch /var/tmp /dev/shm; do ls -A $d; echo x > $d/roost-test || exit 1; done")
      #expect(ended.outcome?.ending == .exited(code: 0))
      #expect(ended.log == "")
      #expect(!Files.exists("/tmp/roost-test"))
    }
  }

  @Test("it sees its own processes only")
  func processes() async throws {
    try await LocalEngineFixture.with { fixture in
      let other = try await fixture.launch("exec sleep 98764", as: Person.bob)
      try await fixture.waitUntilRunning(other)
      let ended = try await fixture.run("cat /proc/[0-9]*/cmdline | tr '\\0' ' '; ls -d /proc/[0-9]* | wc -l")
      #expect(!ended.log.contains("98764"))
      #expect(ended.log.hasSuffix("4\n") || ended.log.hasSuffix("3\n"), "\(ended.log)")
    }
  }

  @Test("it cannot look into the process that started it, where its orders came in")
  func firstProcess() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("ls /proc/1/fd; cat /proc/1/environ; kill -9 1; echo still here")
      #expect(ended.log.hasSuffix("still here\n"))
      #expect(ended.log.contains("ls: cannot open directory '/proc/1/fd'") || ended.log.contains("ermission denied"))
    }
  }

  @Test("its network is a loopback device that is up, and nothing else")
  func network() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run(
        "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; (exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 | grep -om1 'refused' | head -1"
      )
      #expect(ended.log == "lo\nrefused\n")
    }
  }

  @Test("the manager's directories are not there, wherever they are", arguments: ["/opt", "/var/lib", "/srv"])
  func hiddenDirectories(_ parent: String) async throws {
    try #require(LocalEngineFixture.isRoot, LocalEngineFixture.needsRoot)
    let secret = "\(parent)/roost-test-\(getpid())"
    try Files.makeDirectory(secret, mode: 0o755)
    try Files.replace(secret + "/key", Array("secret".utf8))
    chmod(secret + "/key", 0o644)
    defer { removeTree(secret) }
    try await LocalEngineFixture.with {
      $0.hiddenDirectories.append(secret)
    } body: { fixture in
      let ended = try await fixture.run("cat \(secret)/key; ls -A \(secret); ls \(fixture.directory); true")
      #expect(!ended.log.contains("secret\n") && !ended.log.contains("key\n"), "\(ended.log)")
    }
  }

  @Test(
    "homes below a directory that their owners may not enter work",
    .enabled(if: LocalEngineFixture.isRoot, LocalEngineFixture.needsRoot))
  func homesBelowClosedDirectory() async throws {
    let closed = "/root/roost-test-\(getpid())"
    try Files.makeDirectory(closed)
    defer { removeTree(closed) }
    try await LocalEngineFixture.with {
      $0.homesDirectory = closed + "/homes"
      $0.directory = closed + "/engine"
    } body: { fixture in
      let ended = try await fixture.run("touch here; ls")
      #expect(ended.log == "here\n")
    }
  }

  @Test("an image in a directory of its own is the whole of its world")
  func unpackedImage() async throws {
    let root = try LocalEngineFixture.makeTemporaryDirectory()
    defer { removeTree(root) }
    chmod(root, 0o755)
    for name in ["usr", "etc", "extra", "home"] { try Files.makeDirectory("\(root)/\(name)", mode: 0o755) }
    try Files.replace(root + "/extra/file", Array("from the image\n".utf8))
    chmod(root + "/extra/file", 0o644)
    symlink("usr/bin", root + "/bin")
    try await LocalEngineFixture.with {
      $0.catalogue.entries = [
        .init(
          name: "skaha/terminal", tags: ["1.1.2"], root: root, share: ["/usr", "/lib", "/lib64"],
          kinds: [.headless: ["/usr/bin/cat", "/extra/file"]])
      ]
    } body: { fixture in
      let plan = try LocalEngineFixture.plan([])
      try await fixture.engine.launch(plan)
      let ended = try await fixture.end(of: plan.id)
      #expect(ended.log == "from the image\n", "\(ended.ending)")
    }
  }

  @Test("it may open /dev/stdout and /dev/stderr by name")
  func standardFiles() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("echo one > /dev/stdout; echo two > /dev/stderr")
      #expect(ended.log == "one\ntwo\n")
    }
  }

  @Test("its environment arrives as it was given")
  func environment() async throws {
    let values = ["line\nbreak", "it's \"quoted\" \\ $HOME `x`", "a=b=c", "ümläut 星", "", "  blanks  "]
    let variables = values.enumerated().map { EnvironmentVariable("V\($0.offset)", $0.element) }
    try await LocalEngineFixture.with { fixture in
      let plan = try LocalEngineFixture.plan(["env", "-0"], environment: variables + [.init("HOME", "/tmp")])
      try await fixture.engine.launch(plan)
      let entries = try await fixture.end(of: plan.id).log.split(separator: "\0").map(String.init)
      for variable in variables { #expect(entries.contains("\(variable.name)=\(variable.value)")) }
      #expect(entries.contains("HOME=/arc/home/alice"))
      #expect(entries.contains("PWD=/arc/home/alice"))
      #expect(entries.contains("USER=alice"))
    }
  }

  @Test("no secret of its environment is in a command line on the host")
  func noSecretsInArguments() async throws {
    try await LocalEngineFixture.with { fixture in
      let id = try await fixture.launch("exec sleep 600", environment: [.init("TOKEN", "hunter98765")])
      try await fixture.waitUntilRunning(id)
      #expect(LocalEngineFixture.processes(with: "hunter98765").isEmpty)
    }
  }

  @Test("variables for the dynamic linker do not reach the program that builds the sandbox")
  func linkerVariables() async throws {
    try await LocalEngineFixture.with { fixture in
      let ended = try await fixture.run("echo fine", environment: [.init("LD_PRELOAD", "/no/such/library.so")])
      #expect(ended.log.hasSuffix("fine\n"))
      #expect(ended.outcome?.ending == .exited(code: 0))
    }
  }
}
