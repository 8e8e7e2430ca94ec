extension SkahaClient {
  /// The load of the platform: `GET session?view=stats`.
  ///
  /// - Throws: ``SkahaError``; servers that cannot measure answer ``SkahaError/Kind/unavailable``.
  public func stats() async throws(SkahaError) -> SkahaStats {
    try await transport.json(.list(kind: nil, status: nil, view: "stats"))
  }

  /// What sessions may ask for: `GET context`.
  ///
  /// - Throws: ``SkahaError``.
  public func context() async throws(SkahaError) -> SkahaContext { try await transport.json(.context) }

  /// The names of the images on offer: `GET image`.
  ///
  /// - Throws: ``SkahaError``.
  public func images(kind: SkahaSession.Kind? = nil) async throws(SkahaError) -> [String] {
    try await imageDetails(kind: kind).map(\.id)
  }

  /// The images on offer with what they serve: `GET image`.
  ///
  /// - Throws: ``SkahaError``.
  public func imageDetails(kind: SkahaSession.Kind? = nil) async throws(SkahaError) -> [SkahaImage] {
    try await transport.json(.images(kind: kind))
  }

  /// The hosts that images may come from: `GET repository`.
  ///
  /// - Throws: ``SkahaError``.
  public func repositories() async throws(SkahaError) -> [String] { try await transport.json(.repositories) }

  /// Whether the service works: `GET availability`, which needs no credential.
  ///
  /// - Throws: ``SkahaError`` if it does not answer at all.
  public func availability() async throws(SkahaError) -> SkahaAvailability {
    let answer = try await transport.answer(to: .availability)
    guard let availability = SkahaAvailability(xml: answer.text) else {
      throw .invalidAnswer("The server's availability is not a VOSI document.", status: Int(answer.status))
    }
    return availability
  }

  /// The user that the server takes you for, from the header `x-vo-authenticated` of `GET context`; `nil` if it does
  /// not tell.
  ///
  /// - Throws: ``SkahaError``, of kind ``SkahaError/Kind/unauthenticated`` if the credential is not accepted.
  public func whoami() async throws(SkahaError) -> String? {
    let name = try await transport.answer(to: .context).header("x-vo-authenticated")
    return name.map(SkahaError.presentable)
  }
}
