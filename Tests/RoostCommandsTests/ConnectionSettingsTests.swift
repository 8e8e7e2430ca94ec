import ArgumentParser
import Foundation
import SkahaClient
import Testing

@testable import RoostCommands

@Suite struct ConnectionSettingsTests {
  private let files = [
    "/c.json": #"{"url": "http://flagged:1", "user": "a", "token": "F", "accessKey": "x", "secretKey": "y"}"#,
    "/e.json": #"{"url": "http://exported:1", "token": "E"}"#,
    "/token": "T\n",
    "/home/.config/roost/config.json": #"{"url": "http://saved:80/skaha", "token": "S"}"#,
    "/bad/roost/config.json": "{",
  ]

  @Test func `flags win over the environment, which wins over the file`() throws {
    let all = ["HOME": "/home", "ROOST_URL": "http://env", "ROOST_TOKEN": "V", "ROOST_CREDENTIALS": "/e.json"]
    #expect(try settings(["--credentials", "/c.json"], all) == ("http://flagged:1", .token("F")))
    #expect(try settings([], all) == ("http://env", .token("V")))
    #expect(try settings([], ["HOME": "/home", "ROOST_CREDENTIALS": "/e.json"]) == ("http://exported:1", .token("E")))
    #expect(try settings([], ["HOME": "/home"]) == ("http://saved:80/skaha", .token("S")))
    #expect(try settings(["--url", "http://u", "--token-file", "/token"], all) == ("http://u", .token("T")))
  }

  @Test func `a saved token is not shown to another server`() throws {
    #expect(try settings(["--url", "http://evil"], ["HOME": "/home"]) == ("http://evil", .none))
    #expect(try settings(["--url", "http://saved/skaha/v1"], ["HOME": "/home"]).1 == .token("S"))
  }

  @Test func `a certificate takes the place of a token`() throws {
    let found = try settings(["--url", "https://h", "--certificate", "/p.pem"], ["ROOST_TOKEN": "V"])
    #expect(found.1 == .certificate(pemPath: "/p.pem"))
  }

  @Test func `no server, a missing file and a broken file are matters of usage`() {
    let mistakes: [([String], [String: String])] = [
      ([], [:]), (["--credentials", "/none"], [:]), (["--url", "http://h", "--token-file", "/none"], [:]),
      ([], ["XDG_CONFIG_HOME": "/bad"]), ([], ["ROOST_CREDENTIALS": "/none"]),
    ]
    for (flags, environment) in mistakes {
      let failure = #expect(throws: CommandFailure.self) { try settings(flags, environment) }
      #expect(failure?.status == .usage)
    }
  }

  private func settings(_ flags: [String], _ environment: [String: String]) throws -> (String, SkahaCredential) {
    let settings = try ConnectionSettings(
      flags: ConnectionOptions.parse(flags), environment: environment,
      read: { path in files[path].map { Data($0.utf8) } })
    return (settings.url, settings.credential)
  }
}
