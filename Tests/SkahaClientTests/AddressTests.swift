import SkahaClient
import Testing

@Suite struct AddressTests {
  @Test(arguments: [
    ("http://h:8080", "http://h:8080/skaha", SkahaVersion.v1), ("http://h/", "http://h/skaha", .v1),
    ("http://h/skaha", "http://h/skaha", .v1), ("http://h/skaha/", "http://h/skaha", .v1),
    ("http://h/skaha/v1", "http://h/skaha", .v1), ("https://h/skaha/v0/", "https://h/skaha", .v0),
    ("HTTP://h/v0", "http://h/skaha", .v0), ("http://[::1]:80/a/b", "http://[::1]:80/a/b", .v1),
  ])
  func `an address is understood with and without path and version`(
    text: String, server: String, version: SkahaVersion
  ) throws {
    let client = try SkahaClient(server: text)
    #expect(client.server == server)
    #expect(client.version == version)
  }

  @Test(arguments: ["", "h:8080", "ftp://h", "http://", "http://h?x=1", "http://u:secret@h/skaha", "http://h/#f"])
  func `what is not a server's address is refused, and secrets in it are not repeated`(text: String) {
    let error = #expect(throws: SkahaError.self) { try SkahaClient(server: text) }
    #expect(error?.kind == .badRequest)
    #expect(error?.description.contains("secret") == false)
  }

  @Test func `two versions that contradict each other are refused`() {
    #expect(throws: SkahaError.self) { try SkahaClient(server: "http://h/skaha/v0", version: .v1) }
  }

  @Test(arguments: ["", "a\nb", "a b", "é"])
  func `a token that would break its header is refused without being shown`(token: String) {
    let error = #expect(throws: SkahaError.self) { try SkahaClient(server: "http://h", credential: .token(token)) }
    #expect(error?.message.hasPrefix("The token cannot be used: it is empty or has") == true)
  }

  @Test func `printing and dumping a credential does not show its secret`() {
    let credential = SkahaCredential.token("SEKRIT")
    let registry = SkahaRegistryCredential(username: "u", secret: "SEKRIT")
    var dumped = ""
    dump([credential], to: &dumped)
    dump(registry, to: &dumped)
    let printed =
      "\(credential) \(String(reflecting: credential)) \(registry) \(String(reflecting: registry)) \(dumped)"
    #expect(!printed.contains("SEKRIT"))
  }
}
