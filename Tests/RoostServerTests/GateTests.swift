import Identity
import Testing

@testable import RoostServer

struct GateTests {
  @Test(arguments: ["Bearer abc", "bearer abc", "BEARER  abc"])
  func `a bearer token is taken from its header`(header: String) {
    #expect(Gate.bearerToken(header)?.reveal() == "abc")
  }

  @Test(arguments: ["", "abc", "Basic abc", "Bearer", "Bearer ", "Bearer " + String(repeating: "a", count: 5000)])
  func `anything else is no token`(header: String) {
    #expect(Gate.bearerToken(header) == nil)
  }

  @Test func `no header is no token`() { #expect(Gate.bearerToken(nil) == nil) }
}
