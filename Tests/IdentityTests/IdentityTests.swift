import Foundation
import Identity
import Sessions
import Testing

struct IdentityTests {
  @Test func `a secret does not show in print, in mirrors or in errors`() {
    let secret = Secret("hunter2")
    for text in [
      "\(secret)", String(reflecting: secret), "\([secret])", "\(Mirror(reflecting: secret).children.map(\.value))",
    ] {
      #expect(!text.contains("hunter2"))
    }
    #expect(secret.reveal() == "hunter2")
  }

  @Test(arguments: ["alice", "a", "a.b_c-9"])
  func `names of users fit into paths and host files`(text: String) { #expect(UserName(text)?.text == text) }

  @Test(arguments: ["", "Alice", "9a", "root", "a b", "a/b", "../a", "a:b", "é", String(repeating: "a", count: 33)])
  func `other names are refused`(text: String) { #expect(UserName(text) == nil) }

  @Test func `credentials are long and never the same`() {
    var generator = SystemRandomNumberGenerator()
    let drawn = (0..<100).map { _ in Credentials(using: &generator) }
    #expect(Set(drawn.map(\.token)).count == 100)
    #expect(
      drawn.allSatisfy {
        $0.token.reveal().count == 49 && $0.secretKey.reveal().count == 40 && $0.accessKey.count == 20
      })
  }

  @Test func `the credentials file reads back as it was written, with exactly its five keys`() throws {
    var generator = SystemRandomNumberGenerator()
    let file = CredentialsFile(
      url: "http://127.0.0.1:8080", user: UserName("alice")!, credentials: Credentials(using: &generator))
    let json = try file.json()
    #expect(try CredentialsFile(json: json) == file)
    let keys = try JSONSerialization.jsonObject(with: json) as? [String: String]
    #expect(keys.map { Set($0.keys) } == ["url", "user", "token", "accessKey", "secretKey"])
  }
}
