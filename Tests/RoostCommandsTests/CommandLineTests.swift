import ArgumentParser
import Foundation
import SkahaClient
import SkahaTestServer
import Testing

@testable import RoostCommands

@Suite struct CommandLineTests {
  @Test(arguments: [
    ["bogus"], ["ps", "--bogus"], ["info"], ["create", "spaceship", "i"], ["create", "headless"],
    ["create", "headless", "i", "-e", "novalue"], ["logs", "-f", "a", "b"], ["logs", "--since", "tomorrow", "a"],
    ["ps", "--timeout", "0"], ["prune"], ["completion", "tcsh"],
  ])
  func `a wrong command line exits 2 with a message`(arguments: [String]) async {
    let recorder = Recorder()
    #expect(await RoostCommand.execute(arguments, output: recorder.output()) == .usage)
    #expect(recorder.written.data.isEmpty)
    #expect(!recorder.written.messages.isEmpty)
  }

  @Test(arguments: [["--help"], ["create", "--help"], []])
  func `help is data and exits 0`(arguments: [String]) async {
    let recorder = Recorder()
    #expect(await RoostCommand.execute(arguments, output: recorder.output()) == .success)
    #expect(recorder.written.data.contains("USAGE: roost"))
    #expect(recorder.written.messages.isEmpty)
  }

  @Test func `a server that refuses the token exits 4`() async throws {
    let status = try await withTestServer({ _ in Reply(401, "Unauthorized") }) { server in
      await RoostCommand.execute(["ps", "--url", server.url], output: Recorder().output())
    }
    #expect(status == .authentication)
  }

  @Test func `a server that is not there exits 1 and says where`() async {
    let recorder = Recorder()
    let status = await RoostCommand.execute(["ps", "--url", "http://127.0.0.1:1"], output: recorder.output())
    #expect(status == .failure)
    #expect(
      recorder.written.messages.first?.contains("No answer from http://127.0.0.1:1/skaha: Connection refused.") == true)
  }

  @Test(arguments: [
    (SkahaError.Kind.unauthenticated, CommandStatus.authentication), (.forbidden, .authentication), (.quota, .quota),
    (.notFound, .notFound), (.badRequest, .failure), (.conflict, .failure), (.unavailable, .failure),
    (.server, .failure), (.transport, .failure), (.invalidAnswer, .failure), (.cancelled, .failure),
  ])
  func `each sort of error has its exit code`(kind: SkahaError.Kind, status: CommandStatus) {
    #expect(CommandStatus(SkahaError(kind, "", advice: "", status: 400)) == status)
  }

  @Test func `a parameter that was never sent is a matter of usage`() {
    #expect(CommandStatus(SkahaError(.badRequest, "", advice: "")) == .usage)
  }

  @Test func `there is a completion script for each shell`() {
    for shell in Completion.Shell.allCases {
      #expect(RoostCommand.completionScript(for: shell.completionShell).contains("roost"))
    }
  }

  @Test(arguments: [("8", 8.0), ("8G", 8), ("8gib", 8), ("512M", 0.5), ("1T", 1024), ("0.5", 0.5)])
  func `memory is understood with and without a unit`(text: String, gibibytes: Double) {
    #expect(MemoryArgument(argument: text)?.gibibytes == gibibytes)
  }

  @Test(arguments: ["", "G", "-1", "0", "8X", "1e400"])
  func `what is not an amount of memory is refused`(text: String) {
    #expect(MemoryArgument(argument: text) == nil)
  }

  @Test(arguments: [("90s", 910.0), ("10m", 400), ("1970-01-01T00:00:07Z", 7)])
  func `since is an age or a time`(text: String, seconds: Double) {
    let now = Date(timeIntervalSince1970: 1000)
    #expect(SinceArgument(argument: text)?.date(before: now) == Date(timeIntervalSince1970: seconds))
  }
}
