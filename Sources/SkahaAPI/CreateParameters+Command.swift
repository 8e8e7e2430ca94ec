import Sessions

extension CreateParameters {
  /// `cmd` is one word of the command line, whatever blanks it has; `args` is split as a shell would.
  func command() throws(RoostError) -> [String] {
    var command: [String] = []
    if let program = parameters.nonBlank("cmd") { command.append(try passable(program, field: "cmd")) }
    if let arguments = parameters.nonBlank("args") {
      command += try ShellWords.split(try passable(arguments, field: "args"), field: "args")
    }
    return command
  }

  func environment() throws(RoostError) -> [EnvironmentVariable] {
    var variables: [EnvironmentVariable] = []
    for assignment in parameters.all("env") { variables.append(try variable(assignment)) }
    return variables
  }

  /// The value is everything behind the first `=`, so it may have more of them, or be empty.
  private func variable(_ assignment: String) throws(RoostError) -> EnvironmentVariable {
    let sides = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, Self.isVariableName(sides[0]) else {
      throw RoostError(
        .invalidArgument,
        "Invalid value for 'env': '\(assignment.prefix(80))' is not of the form NAME=VALUE with a NAME of letters, digits, '_', '.' and '-'",
        field: "env")
    }
    return EnvironmentVariable(String(sides[0]), try passable(String(sides[1]), field: "env"))
  }

  private static func isVariableName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }

  /// The longest argument or variable that Linux gives a program (`MAX_ARG_STRLEN`), less its name and the final NUL.
  private static let maximumLength = 128 * 1024 - 256

  /// Neither arguments nor environment variables of a process can hold a NUL character, or be of any length.
  private func passable(_ text: String, field: String) throws(RoostError) -> String {
    guard text.utf8.count <= Self.maximumLength else {
      throw RoostError(
        .invalidArgument,
        "Invalid value for '\(field)': it has \(text.utf8.count) bytes, at most \(Self.maximumLength) reach a program",
        field: field)
    }
    guard !text.utf8.contains(0) else {
      throw RoostError(.invalidArgument, "Invalid value for '\(field)': it has a NUL character", field: field)
    }
    return text
  }
}
