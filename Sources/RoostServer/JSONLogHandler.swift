import Foundation
public import Logging
import Sessions

/// Writes one JSON object a line to standard error: for programs that collect logs.
public struct JSONLogHandler: LogHandler {
  public var logLevel: Logger.Level = .info
  public var metadata: Logger.Metadata = [:]
  private let label: String

  public init(label: String) { self.label = label }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    let facts = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
    let line = Self.line(
      facts, level: event.level, label: label, message: "\(event.message)", time: SystemClock.now())
    StandardStream.error.write(line)
  }

  /// The line for one message. Facts go first, so that none can pass for the message or its time.
  static func line(
    _ facts: [String: String], level: Logger.Level, label: String, message: String, time: Instant
  ) -> Data {
    var object = facts
    object["time"] = time.descriptionWithMilliseconds
    object["level"] = level.rawValue
    object["logger"] = label
    object["message"] = message
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(object)) ?? Data()) + Data("\n".utf8)
  }
}
