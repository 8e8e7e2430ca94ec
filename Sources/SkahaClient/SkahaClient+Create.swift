extension SkahaClient {
  /// Creates sessions: `POST session`, once a replica.
  ///
  /// Creating is not retried, since a request whose answer was lost may have been accepted.
  ///
  /// - Parameters:
  ///   - name: Letters, digits and dashes. Several replicas are called `name-1`, `name-2` and so on.
  ///   - image: The image's full name.
  ///   - cores: Processor cores; `nil` to take what the server gives.
  ///   - ram: Memory in GiB; `nil` to take what the server gives.
  ///   - kind: What the session is for.
  ///   - gpu: GPUs.
  ///   - cmd: The command in place of the image's own; one word. Headless sessions only, as are `args` and `env`.
  ///   - args: The command's arguments.
  ///   - env: Environment variables. Each replica also gets `REPLICA_ID`, from 1, and `REPLICA_COUNT`.
  ///   - replicas: How many sessions, 1 to 512.
  /// - Returns: The id of each replica, or why there is none.
  /// - Throws: ``SkahaError`` for parameters that are wrong in themselves; nothing has been sent then.
  public func create(
    name: String, image: String, cores: Double? = nil, ram: Double? = nil, kind: SkahaSession.Kind = .headless,
    gpu: Int? = nil, cmd: String? = nil, args: SkahaArguments? = nil, env: [String: String] = [:], replicas: Int = 1
  ) async throws(SkahaError) -> BatchResult<Replica, String> {
    let create = CreateRequest(
      name: name, image: image, cores: cores, ram: ram, kind: kind, gpu: gpu, cmd: cmd, args: args, env: env,
      replicas: replicas)
    try create.check()
    return await batch(create.targets, limit: transport.options.concurrency) { replica throws(SkahaError) in
      let answer = try await transport.answer(to: create.request(for: replica))
      return try sessionID(in: answer.text)
    }
  }
}

/// Reads the answer to a create: a bare id in a line of its own.
private func sessionID(in text: String) throws(SkahaError) -> String {
  let id = text.trimmedBlanks
  guard !id.isEmpty, id.utf8.count <= 64, id.unicodeScalars.allSatisfy({ $0.isASCII && $0.properties.isIDContinue })
  else { throw .invalidAnswer("The server accepted the session, but its answer is not a session id.") }
  return id
}
