extension SkahaClient {
  /// Limits and habits of a client. Every field has a default that suits a public Skaha server.
  public struct Options: Sendable {
    /// How many requests of one call may be under way at once; the published Python client also uses 16.
    public var concurrency = 16
    /// How long one request may take, from its start to the last byte of the answer.
    ///
    /// A log stream has this long to begin.
    public var timeout: Duration = .seconds(30)
    /// How long it may take to connect. An injected HTTP client keeps its own.
    public var connectTimeout: Duration = .seconds(10)
    /// The longest answer that is read, in bytes; a longer one is an error. Log streams have no such limit.
    public var maximumBodyBytes = 64 << 20
    /// A PEM file with the authorities to trust instead of the system's.
    public var certificateAuthorityPath: String?
    /// For private images: sent when a session is created.
    public var registry: SkahaRegistryCredential?

    /// The defaults; change what you need.
    public init() {}
  }
}
