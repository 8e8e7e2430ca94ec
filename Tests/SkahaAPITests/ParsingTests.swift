import Engine
import RoostTestSupport
import Sessions
import Testing

@testable import SkahaAPI

struct ParsingTests {
  @Test(arguments: [
    ("a b  c", ["a", "b", "c"]), ("-c \"print(1)\"", ["-c", "print(1)"]), ("'a b' \"c d\"", ["a b", "c d"]),
    ("a\\ b", ["a b"]), ("\"a\\\"b\"", ["a\"b"]), ("\"a\\nb\"", ["a\\nb"]), ("'a\\b'", ["a\\b"]), ("''", [""]),
    ("", []), ("  ", []), ("x''y", ["xy"]), ("a\\\nb", ["ab"]),
  ])
  func `arguments are split as a shell would`(text: String, words: [String]) throws {
    #expect(try ShellWords.split(text, field: "args") == words)
  }

  @Test(arguments: ["'a", "\"a", "a\\"])
  func `a quote that is left open is an error`(text: String) {
    #expect(throws: RoostError.self) { try ShellWords.split(text, field: "args") }
  }

  @Test func `forms are decoded as browsers encode them`() throws {
    let pairs = try FormDecoding.pairs("a=1+2&b=%C3%A9%3D&c&=x&&d=a=b")
    #expect(pairs.map(\.name) == ["a", "b", "c", "", "d"])
    #expect(pairs.map(\.value) == ["1 2", "é=", "", "x", "a=b"])
  }

  @Test func `no text makes the form decoder fail in any other way than by its error`() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("%+&=aF0\u{e9}\0")
    for _ in 0..<5000 {
      let text = String(
        (0..<Int.random(in: 0...20, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! })
      do { _ = try FormDecoding.pairs(text) } catch { #expect(error.code == .invalidArgument) }
    }
  }

  @Test func `no bytes make the multipart reader fail in any other way than by its error`() {
    var generator = SystemRandomNumberGenerator()
    let pieces = ["--x", "\r\n", "Content-Disposition: form-data; name=", "\"a\"", "--", "é", ":", ";", "\r\n\r\n"]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
      do { _ = try MultipartForm.fields(Array(text.joined().utf8), boundary: "x") } catch {
        #expect(error.code == .invalidArgument)
      }
    }
  }

  @Test(arguments: [
    ("90s", 910_000), ("10m", 400_000), ("5", 995_000), ("1970-01-01T00:10:00Z", 600_000),
    ("1970-01-01T00:10:00.5Z", 600_500),
  ])
  func `since is a time or how long ago`(text: String, milliseconds: Int64) throws {
    let parameters = Parameters([("since", text)])
    let request = try LogParameters.request(parameters, now: Instant(milliseconds: 1_000_000))
    #expect(request.since == Instant(milliseconds: milliseconds))
  }

  @Test func `no event breaks the table`() {
    let event = TimelineEvent(
      time: Instant(milliseconds: 0), reason: "Failed", message: "two  blanks\nand a line\r\nand  ")
    let lines = EventTable.text([event]).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[1].split(separator: /\s{2,}/).map(String.init)[2] == "two blanks and a line and")
    #expect(EventTable.text([]) == "<none>\n")
  }

  @Test func `every error code has a status of failure in this dialect`() {
    for code in RoostError.Code.allCases { #expect((400...599).contains(ErrorAnswer.status(of: code))) }
    #expect(ErrorAnswer.status(of: .quotaExceeded) == 400)
  }
}
