import Engine
import Sessions

/// The log of one session as a stream that reads only as fast as it is read from.
actor LogStream {
  private let directory: RunDirectory
  private let request: LogRequest
  private let pool: BlockingPool
  private var reader: LogReader
  private var isComplete = false

  /// How long a follower waits before it looks again.
  private static let pause = Duration.milliseconds(100)

  init(_ directory: RunDirectory, _ request: LogRequest, pool: BlockingPool) {
    self.directory = directory
    self.request = request
    self.pool = pool
    reader = LogReader(directory, request)
  }

  /// The next bytes; `nil` at the end of the log, or if the task is cancelled.
  func next() async throws -> [UInt8]? {
    while !Task.isCancelled {
      // Asked before reading: what a session wrote before it ended is then read.
      let ends = request.follow ? await isOver() : true
      if case .bytes(let bytes) = try await read() { return bytes }
      if ends { return nil }
      try? await Task.sleep(for: Self.pause)
    }
    return nil
  }

  private func read() async throws(EngineError) -> LogReader.Step {
    let reader = reader
    let follow = request.follow
    let result = await pool.run { () -> Result<(LogReader, LogReader.Step), SystemFailure> in
      var reader = reader
      return Result { () throws(SystemFailure) in
        let step = try reader.next(followsFiles: follow)
        return (reader, step)
      }
    }
    switch result {
    case .success(let (next, step)):
      self.reader = next
      return step
    case .failure(let failure): throw EngineError("The log: \(failure).", isRetryable: true)
    }
  }

  private func isOver() async -> Bool {
    let directory = directory
    return await pool.run {
      if directory.hasOutcome || !directory.exists { return true }
      let isSupervised = (try? directory.isSupervised()) ?? true
      return !isSupervised && directory.isUsed && !directory.hasOutcome
    }
  }
}
