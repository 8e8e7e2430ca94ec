import Engine
import HTTPTypes
import RoostTestSupport
import SessionManager
import Sessions
import Testing

@testable import SkahaAPI

struct CreateTests {
  @Test func `answers with the bare id`() async throws {
    try await SkahaFixture.with { skaha in
      let answer = try await skaha.ask(.post, "/skaha/v1/session?name=test&image=\(Sample.terminal)")
      #expect(answer.status == 200)
      #expect(answer.headers[.contentType] == "text/plain")
      #expect(answer.text.hasSuffix("\n"))
      #expect(SessionID(String(answer.text.dropLast())) != nil)
    }
  }

  @Test func `parameters come from the query, a form body or a multipart body, in any case`() async throws {
    try await SkahaFixture.with { skaha in
      let form = "NAME=a&Image=\(Sample.terminal)"
      let inForm = try await skaha.ask(.post, "/v0/session", body: form)
      #expect(inForm.status == 200)
      let multipart =
        "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\na\r\n"
        + "--x\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n\(Sample.terminal)\r\n--x--\r\n"
      let headers: HTTPFields = [.contentType: "multipart/form-data; boundary=x"]
      #expect(try await skaha.ask(.post, "//skaha//v1/session/", body: multipart, headers: headers).status == 200)
    }
  }

  @Test func `environment and arguments arrive as they were meant`() async throws {
    try await SkahaFixture.with { skaha in
      let id = try await skaha.create(
        "&cmd=my%20prog&args=-c%20%22a%20b%22%20%27c%20d%27&env=A=x=y&env=B=&env=C=l1%0Al2+%C3%A9%22")
      #expect(await eventually { skaha.roost.engine.plan(of: id) != nil })
      let spec = skaha.roost.engine.plan(of: id)?.spec
      #expect(spec?.command == ["my prog", "-c", "a b", "c d"])
      #expect(
        spec?.environment == [
          EnvironmentVariable("A", "x=y"), EnvironmentVariable("B", ""), EnvironmentVariable("C", "l1\nl2 é\""),
        ])
    }
  }

  @Test func `what only headless sessions have is ignored for others`() async throws {
    try await SkahaFixture.with { skaha in
      let id = try await skaha.create("&type=NoteBook&cmd=x&env=REPLICA_ID=1")
      let session = try await skaha.roost.manager.session(id, for: Sample.alice)
      #expect(session.spec.kind == .notebook)
      #expect(session.spec.command.isEmpty)
      #expect(session.spec.environment.isEmpty)
    }
  }

  @Test func `kind is another name for type`() async throws {
    try await SkahaFixture.with { skaha in
      let id = try await skaha.create("&kind=notebook")
      #expect(try await skaha.roost.manager.session(id, for: Sample.alice).spec.kind == .notebook)
    }
  }

  @Test(arguments: [
    ("name=a", "Missing parameter 'image'"), ("name=a&image=", "image is required"),
    ("name=a&image=other.org/a/b:c", "must come from one of [images.canfar.net]"),
    ("name=a&image=\(Sample.terminal)&type=spaceship", "Invalid session type: spaceship"),
    ("name=a&image=\(Sample.terminal)&type=desktop-app", "Invalid session type: desktop-app"),
    ("name=a&image=\(Sample.terminal)&cores=99", "Invalid value for 'cores': 99 (choose from 1 to 4)"),
    ("name=a&image=\(Sample.terminal)&cores=nan", "Invalid value for 'cores': nan"),
    ("name=a&image=\(Sample.terminal)&cores=-1", "Invalid value for 'cores': -1"),
    ("name=a&image=\(Sample.terminal)&cores=4.5", "Invalid value for 'cores': 4.5"),
    ("name=a&image=\(Sample.terminal)&cores=1e300", "Invalid value for 'cores': 1e300"),
    ("name=a&image=\(Sample.terminal)&ram=3", "Invalid value for 'ram': 3"),
    ("name=a&image=\(Sample.terminal)&gpus=1", "Invalid value for 'gpus': 1 (this server has none)"),
    ("image=\(Sample.terminal)", "Missing parameter 'name'"),
    ("name=+&image=\(Sample.terminal)", "Missing parameter 'name'"),
    ("name=a_b&image=\(Sample.terminal)", "name can only contain alpha-numeric chars and '-'"),
    ("name=a&image=\(Sample.terminal)&args=%22open", "Invalid value for 'args'"),
    ("name=a&image=\(Sample.terminal)&env=NOEQUALS", "Invalid value for 'env': 'NOEQUALS'"),
    ("name=a&image=\(Sample.terminal)&env=A=%00", "Invalid value for 'env'"),
    ("name=a&image=images.canfar.net/skaha/terminal:9", "The closest are: images.canfar.net/skaha/terminal:1.1.2"),
    ("name=a&image=\(Sample.terminal)&type=carta", "cannot be started as carta, only as headless, notebook"),
    ("name=%zz&image=x", "Broken percent-encoding"), ("name=%ff&image=x", "it is not UTF-8"),
  ])
  func `refuses what it cannot do, with the parameter and the fix`(query: String, message: String) async throws {
    try await SkahaFixture.with { skaha in
      let answer = try await skaha.ask(.post, "/skaha/v1/session?\(query)")
      #expect(answer.status == 400)
      #expect(answer.text.contains(message))
      #expect(answer.headers[.contentType] == "text/plain")
      #expect(try await skaha.roost.manager.sessions(of: Sample.alice).isEmpty)
    }
  }

  @Test func `a quota that is used up is a 400 with who, what and how many`() async throws {
    try await SkahaFixture.with(interactiveSessions: 1) { skaha in
      _ = try await skaha.create("&type=notebook")
      let answer = try await skaha.ask(
        .post, "/skaha/v1/session?name=b&type=notebook&image=\(Sample.terminal)")
      #expect(answer.status == 400)
      #expect(answer.text == "User alice has reached the maximum of 1 active sessions.\n")
    }
  }

  @Test func `registry credentials that cannot be any are refused without being repeated`() async throws {
    try await SkahaFixture.with { skaha in
      let headers: HTTPFields = [RegistryCredentials.field: "aHVudGVyMg=="]
      let answer = try await skaha.ask(
        .post, "/skaha/v1/session?name=b&image=\(Sample.terminal)", headers: headers)
      #expect(answer.status == 400)
      #expect(answer.text == "Invalid input.  Must be in form of username:secret\n")
    }
  }
}
