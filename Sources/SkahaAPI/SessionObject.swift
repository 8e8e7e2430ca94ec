import Engine
import Sessions

/// A session as the API shows it. Amounts and user ids are strings: canfar drops a session that has a number there.
struct SessionObject: Encodable {
  let id: String
  let userid: String
  let runAsUID: String
  let runAsGID: String
  let supplementalGroups: [Int]
  let appid: String?
  let image: String
  let type: String
  let status: String
  let name: String
  let startTime: String?
  let expiryTime: String?
  let connectURL: String
  let requestedRAM: String?
  let requestedCPUCores: String?
  let requestedGPUCores: String
  let ramInUse: String?
  let cpuCoresInUse: String?
  /// What `cpuCoresInUse` was called when the API was first published.
  let coresInUse: String?
  let gpuRAMInUse: String?
  let gpuUtilization: String?
  let isFixedResources: Bool

  // What the original lacks.
  let createTime: String
  let endTime: String?
  let phase: String?
  let exitCode: String?
  let reason: String?
}

/// Where the values of a `SessionObject` come from.
struct SessionView {
  let version: SkahaVersion
  let session: Session
  let account: PosixAccount
  let usage: Usage?
  let explanation: Explanation?

  var object: SessionObject {
    let amounts = AmountWords(version)
    let resources = session.spec.resources
    let showsRequest = resources.isFixed || version == .v0
    return SessionObject(
      id: session.id.text, userid: session.owner.name, runAsUID: String(account.uid), runAsGID: String(account.gid),
      supplementalGroups: [], appid: amounts.none, image: session.spec.image.description,
      type: session.spec.kind.rawValue, status: StatusWord.word(for: session.state, version),
      name: session.spec.name, startTime: session.startedAt?.description, expiryTime: session.expiresAt?.description,
      connectURL: version == .v0 ? "not-applicable" : "",
      requestedRAM: showsRequest ? amounts.requested(resources.reserved.memory) : nil,
      requestedCPUCores: showsRequest ? amounts.requested(resources.reserved.cpu) : nil,
      requestedGPUCores: String(resources.reserved.gpus),
      ramInUse: usage.map { amounts.used($0.memory) } ?? amounts.none,
      cpuCoresInUse: usage?.cpu.map(amounts.used) ?? amounts.none,
      coresInUse: version == .v0 ? usage?.cpu.map(amounts.used) ?? amounts.none : nil,
      gpuRAMInUse: amounts.none, gpuUtilization: amounts.none, isFixedResources: resources.isFixed,
      createTime: session.createdAt.description, endTime: session.endedAt?.description,
      phase: session.state.phase?.rawValue ?? session.state.word, exitCode: session.state.exitCode.map(String.init),
      reason: explanation?.sentence ?? session.state.reasonSentence)
  }
}

extension SessionState {
  fileprivate var exitCode: Int? {
    guard case .terminated(let outcome) = self else { return nil }
    return outcome.exitCode
  }

  /// Why a session is as it is, where that can be said.
  var reasonSentence: String? {
    switch self {
    case .terminated(let outcome): outcome.sentence
    case .cancelled(let reason): "Cancelled \(reason.words) before it ran"
    case .error(let sentence): sentence
    case .terminating(let reason): "Being stopped \(reason.words)"
    case .pending, .scheduled, .preparing, .running: nil
    }
  }
}
