import Sessions
import Testing

struct SessionIDTests {
  @Test(arguments: ["k3j9x0ab", "aaaaaaaa", "z0000000"])
  func `has eight characters and starts with a letter`(text: String) {
    #expect(SessionID(text)?.text == text)
  }

  @Test(arguments: ["", "3abcdefg", "abcdefg", "abcdefghi", "ABCDEFGH", "abc-efgh", "abcdefgé", "abcdefg\n"])
  func `is nothing else`(text: String) {
    #expect(SessionID(text) == nil)
  }

  @Test func `drawn at random has the form of an id`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let id = SessionID.random(using: &generator)
      #expect(SessionID(id.text) == id)
    }
  }
}
