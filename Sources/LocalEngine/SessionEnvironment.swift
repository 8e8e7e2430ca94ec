import Engine
import Sessions

/// The environment that a session's program starts with.
struct SessionEnvironment {
  static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  static let shell = "/bin/bash"

  /// `NAME=VALUE`, each name once, in the order in which the names were first given.
  let strings: [String]

  /// - Throws: `EngineError` if a variable cannot be handed to a program.
  init(_ plan: LaunchPlan, home: String) throws(EngineError) {
    var values: [String: String] = [:]
    var names: [String] = []
    func set(_ name: String, _ value: String) {
      if values.updateValue(value, forKey: name) == nil { names.append(name) }
    }
    set("PATH", Self.defaultPath)
    set("LANG", "C.UTF-8")
    set("USER", plan.account.name)
    set("LOGNAME", plan.account.name)
    set("SHELL", Self.shell)
    for variable in plan.environment {
      try Self.check(variable)
      set(variable.name, variable.value)
    }
    set("HOME", home)
    set("PWD", home)
    strings = names.map { "\($0)=\(values[$0] ?? "")" }
  }

  private static func check(_ variable: EnvironmentVariable) throws(EngineError) {
    guard !variable.name.isEmpty, !variable.name.contains("="), !variable.name.contains("\0") else {
      throw EngineError(
        "The environment has a variable called '\(variable.name)'; a name must not be empty and not contain '='.",
        isRetryable: false)
    }
    guard !variable.value.utf8.contains(0) else {
      throw EngineError(
        "The value of the environment variable \(variable.name) contains a NUL byte; leave it out.", isRetryable: false)
    }
  }
}
