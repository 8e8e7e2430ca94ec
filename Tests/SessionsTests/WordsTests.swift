import Sessions
import Testing

struct WordsTests {
  @Test(arguments: [
    (ByteCount.gibibytes(16), "16 GiB"), (.mebibytes(1536), "1.5 GiB"), (.init(bytes: 12), "12 bytes"),
    (.zero, "0 bytes"),
  ])
  func `memory is written in the largest unit that fits`(amount: ByteCount, words: String) {
    #expect(amount.description == words)
  }

  @Test(arguments: [(MilliCPU.cores(1), "1 core"), (.cores(8), "8 cores"), (.init(thousandths: 250), "0.25 cores")])
  func `processor time is written in cores`(amount: MilliCPU, words: String) {
    #expect(amount.description == words)
  }

  @Test(arguments: [(Duration.seconds(345_600), "4 days"), (.seconds(3600), "1 hour"), (.seconds(90), "90 s")])
  func `durations are written in their largest whole unit`(duration: Duration, words: String) {
    #expect(duration.words == words)
  }

  @Test func `every error code has a status of failure and an exit status`() {
    for code in RoostError.Code.allCases {
      #expect((400...599).contains(code.httpStatus))
      #expect((1...6).contains(code.exitStatus))
    }
  }
}
