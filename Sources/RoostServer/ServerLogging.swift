import Glibc
public import Logging

/// How a server logs: to standard error, for people on a terminal and as JSON lines otherwise.
public enum ServerLogging {
  /// Makes the logger of a server.
  public static func logger(level: Logger.Level) -> Logger {
    let isTerminal = isatty(STDERR_FILENO) == 1
    var logger = Logger(label: "roost") { label -> any LogHandler in
      isTerminal ? StreamLogHandler.standardError(label: label) : JSONLogHandler(label: label)
    }
    logger.logLevel = level
    return logger
  }
}
