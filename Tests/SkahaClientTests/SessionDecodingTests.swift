import Foundation
import SkahaClient
import Testing

@Suite struct SessionDecodingTests {
  @Test func `a session of version 1 is read with its types`() throws {
    let session = try decode(
      """
      {"id": "k3j9x0ab", "userid": "brars", "runAsUID": "166169204", "runAsGID": "166169204",
       "supplementalGroups": [34241, 34337], "image": "images.canfar.net/skaha/terminal:1.1.2", "type": "headless",
       "status": "Running", "name": "test-1", "startTime": "2026-03-05T21:48:29Z",
       "expiryTime": "2026-03-19T21:48:29Z", "connectURL": "", "requestedRAM": "17.18", "requestedCPUCores": "2",
       "requestedGPUCores": "0", "ramInUse": "0.10", "cpuCoresInUse": "0.012", "isFixedResources": true}
      """)
    #expect(session.id == "k3j9x0ab")
    #expect(session.user == "brars")
    #expect(session.uid == 166_169_204)
    #expect(session.supplementalGroups == [34241, 34337])
    #expect(session.kind == .headless)
    #expect(session.status == .running)
    #expect(session.startTime == Date(timeIntervalSince1970: 1_772_747_309))
    #expect(session.connectURL == nil)
    #expect(session.requested.ram == SkahaBytes(17_180_000_000))
    #expect(session.requested.cores == 2)
    #expect(session.inUse.ram == SkahaBytes(100_000_000))
    #expect(session.inUse.cores == 0.012)
    #expect(session.isFixedResources == true)
  }

  @Test func `a session of version 0 is read with its placeholders and units`() throws {
    let session = try decode(
      """
      {"id": "vl91sfzz", "userid": "brars", "runAsUID": "166169204", "appid": "<none>", "image": "h/r/i:v",
       "type": "notebook", "status": "Succeeded", "name": "notebook1", "startTime": "2025-03-05T21:48:29Z",
       "connectURL": "not-applicable", "requestedRAM": "16G", "requestedCPUCores": "2", "requestedGPUCores": "<none>",
       "ramInUse": "101Mi", "gpuRAMInUse": "<none>", "cpuCoresInUse": "0m", "gpuUtilization": "<none>"}
      """)
    #expect(session.status == .completed)
    #expect(session.appID == nil)
    #expect(session.connectURL == nil)
    #expect(session.requested.ram == SkahaBytes(16_000_000_000))
    #expect(session.requested.gpus == nil)
    #expect(session.inUse.ram == SkahaBytes(101 << 20))
    #expect(session.inUse.cores == 0)
    #expect(session.gpuUtilization == nil)
  }

  @Test func `what Roost adds is read`() throws {
    let session = try decode(
      """
      {"id": "k3j9x0ab", "status": "Failed", "createTime": "2026-03-05T21:48:28Z", "endTime": "2026-03-05T21:48:30.250Z",
       "phase": "Started", "exitCode": "3", "reason": "The command ended with exit code 3."}
      """)
    #expect(session.createTime == Date(timeIntervalSince1970: 1_772_747_308))
    #expect(session.endTime == Date(timeIntervalSince1970: 1_772_747_310.25))
    #expect(session.phase == "Started")
    #expect(session.exitCode == 3)
    #expect(session.reason == "The command ended with exit code 3.")
  }

  @Test func `numbers in place of strings, unknown words and unknown fields do not hide a session`() throws {
    let session = try decode(
      """
      {"id": "k3j9x0ab", "runAsUID": 7, "requestedRAM": 8, "requestedCPUCores": 0.5, "status": "Hibernating",
       "type": "quantum", "supplementalGroups": ["5", null, "x"], "startTime": "yesterday", "extra": {"a": [1]},
       "name": null, "isFixedResources": "true"}
      """)
    #expect(session.uid == 7)
    #expect(session.requested.ram == SkahaBytes(8_000_000_000))
    #expect(session.requested.cores == 0.5)
    #expect(session.status == .other("Hibernating"))
    #expect(session.kind == .other("quantum"))
    #expect(session.supplementalGroups == [5])
    #expect(session.startTime == nil)
    #expect(session.name == "")
    #expect(session.isFixedResources == true)
  }

  @Test(arguments: [
    ("Succeeded", SkahaSession.Status.completed), ("completed", .completed), ("Error", .failed), ("FAILED", .failed),
    ("pending", .pending), ("Terminating", .terminating),
  ])
  func `both names of a status, in any case, are that status`(word: String, status: SkahaSession.Status) {
    #expect(SkahaSession.Status(word) == status)
  }

  @Test(arguments: [
    ("8.59", 8_590_000_000), ("8G", 8_000_000_000), ("8Gi", 8 << 30), ("512Mi", 512 << 20), ("101M", 101_000_000),
    ("9432.822G", 9_432_822_000_000), ("0", 0),
  ])
  func `amounts of memory are read in every unit that servers use`(text: String, bytes: Int64) {
    #expect(SkahaBytes(skaha: text)?.count == bytes)
  }

  @Test(arguments: ["", "G", "-1G", "1X", "1e999G", "nan"])
  func `what is not an amount of memory is none`(text: String) {
    #expect(SkahaBytes(skaha: text) == nil)
  }

  @Test(arguments: ["inf", "infm", "nan", "1e400", "two", "m", ""])
  func `what is not a number of cores is none`(text: String) throws {
    #expect(try decode(#"{"id": "a", "requestedCPUCores": "\#(text)"}"#).requested.cores == nil)
  }

  @Test func `memory prints in gigabytes with two digits`() {
    #expect(SkahaBytes(17_180_000_000).description == "17.18 GB")
    #expect(SkahaBytes(1_050_000_000).description == "1.05 GB")
  }

  private func decode(_ text: String) throws -> SkahaSession {
    try JSONDecoder().decode(SkahaSession.self, from: Data(text.utf8))
  }
}
