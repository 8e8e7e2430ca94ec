import Sessions

/// The environment that every session is promised, whatever engine runs it (Skaha, "environment injected per type").
enum SessionEnvironment {
  /// Defaults, then what the owner set, then what nobody can change. Of two with one name the later one counts.
  static func variables(of session: Session, hostName: String) -> [EnvironmentVariable] {
    let defaults = [EnvironmentVariable("REPLICA_ID", "1"), EnvironmentVariable("REPLICA_COUNT", "1")]
    return defaults + session.spec.environment + fixed(session, hostName: hostName)
  }

  private static func fixed(_ session: Session, hostName: String) -> [EnvironmentVariable] {
    let threads = String(max(1, session.spec.resources.reserved.cpu.thousandths / 1000))
    var variables = [
      EnvironmentVariable("skaha_hostname", hostName),
      EnvironmentVariable("skaha_username", session.owner.name),
      EnvironmentVariable("skaha_sessionid", session.id.text),
      EnvironmentVariable("OMP_NUM_THREADS", threads),
    ]
    if [.notebook, .contributed, .firefly].contains(session.spec.kind) {
      variables += ["JULIA", "OPENBLAS", "MKL"].map { EnvironmentVariable("\($0)_NUM_THREADS", threads) }
    }
    return variables
  }
}
