import SkahaClient

extension JSON {
  /// All fields of a session, the unknown ones as null.
  init(_ session: SkahaSession) {
    self = .object([
      "id": JSON(session.id), "name": JSON(session.name), "kind": JSON(session.kind.word),
      "status": JSON(session.status.word), "image": JSON(session.image), "user": JSON(session.user),
      "createTime": JSON(session.createTime), "startTime": JSON(session.startTime),
      "endTime": JSON(session.endTime), "expiryTime": JSON(session.expiryTime), "phase": JSON(session.phase),
      "reason": JSON(session.reason), "exitCode": JSON(session.exitCode), "connectURL": JSON(session.connectURL),
      "isFixedResources": JSON(session.isFixedResources), "requested": JSON(session.requested),
      "inUse": JSON(session.inUse),
    ])
  }

  init(_ resources: SkahaSession.Resources) {
    self = .object([
      "cores": JSON(resources.cores), "ramBytes": JSON(resources.ram), "gpus": JSON(resources.gpus),
      "gpuRAMBytes": JSON(resources.gpuRAM),
    ])
  }

  init(_ bytes: SkahaBytes?) { self = JSON(bytes.map { Int($0.count) }) }

  init(_ event: SkahaEvent) {
    self = .object([
      "type": JSON(event.type), "reason": JSON(event.reason), "message": JSON(event.message),
      "firstTime": JSON(event.firstTime), "lastTime": JSON(event.lastTime),
    ])
  }

  init(_ error: SkahaError) {
    self = .object([
      "kind": JSON(error.kind.rawValue), "status": JSON(error.status), "message": JSON(error.message),
      "advice": JSON(error.advice),
    ])
  }

  /// The shape of every command that concerns several sessions: `results` and `failures`.
  init<Value>(_ batch: BatchResult<String, Value>, _ result: (String, Value) -> JSON) {
    self = .object([
      "results": .array(batch.successes.map { result($0.key, $0.value) }),
      "failures": .array(batch.failures.map { .object(["id": JSON($0.key), "error": JSON($0.error)]) }),
    ])
  }
}
