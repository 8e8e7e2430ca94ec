import RoostServer
import Testing

struct ConfigurationTests {
  @Test func `an empty file means the defaults`() throws {
    #expect(try ConfigurationFile(yaml: "") == ConfigurationFile())
    #expect(try ConfigurationFile(yaml: "# nothing\n") == ConfigurationFile())
  }

  @Test func `what a file does not mention keeps its default`() throws {
    let file = try ConfigurationFile(
      yaml: "limits:\n  interactiveSessions: 2\ncapacity: {cores: 8}\nlisten: 0.0.0.0:80\n")
    #expect(file.limits.interactiveSessions == 2)
    #expect(file.limits.liveSessions == 20_000)
    #expect(file.capacity.cores == 8)
    #expect(file.capacity.memoryGiB == nil)
    #expect(file.retention.days == 30)
    #expect(file.listen == "0.0.0.0:80")
  }

  @Test(arguments: [
    ("limit: {}", "unknown key 'limit'"), ("limits: {interactive: 3}", "unknown key 'limits.interactive'"),
    ("limits: {interactiveSessions: many}", "'limits.interactiveSessions' has a value of the wrong type"),
    ("retention: {days: 0}", "'retention.days' is 0; it must be from 1 to 100000"),
    ("capacity: {cores: -4}", "'capacity.cores' is -4"), ("- a\n- b", "must be a mapping"),
    ("limits: 3", "must be a mapping"),
    ("a: [", "not YAML"),
  ])
  func `a mistake is named with its key`(yaml: String, message: String) {
    let error = #expect(throws: StartError.self) { try ConfigurationFile(yaml: yaml) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("127.0.0.1:8080", "http://127.0.0.1:8080"), ("localhost:0", "http://localhost:0"), ("[::1]:80", "http://[::1]:80"),
    ("0.0.0.0:9", "http://127.0.0.1:9"),
  ])
  func `an address to listen on is host and port`(text: String, url: String) {
    #expect(ListenAddress(text)?.url == url)
    #expect(ListenAddress(text)?.description == text)
  }

  @Test(arguments: ["", "8080", "host:", ":80", "host:70000", "::1:80", "host:-1", "a:b:c"])
  func `anything else is refused`(text: String) { #expect(ListenAddress(text) == nil) }
}
