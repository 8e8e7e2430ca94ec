import Engine
import Foundation
import Sessions

/// Reads what `view=logs` accepts beyond the original: `follow`, `tail`, `since`, `timestamps`.
enum LogParameters {
  /// - Throws: `RoostError` (`invalidArgument`) with the parameter at fault.
  static func request(_ parameters: Parameters, now: Instant) throws(RoostError) -> LogRequest {
    LogRequest(
      follow: try parameters.flag("follow"), tail: try tail(parameters), since: try since(parameters, now: now),
      timestamps: try parameters.flag("timestamps"))
  }

  private static func tail(_ parameters: Parameters) throws(RoostError) -> Int? {
    guard let text = parameters.nonBlank("tail"), text.lowercased() != "all" else { return nil }
    guard let count = Int(text), (0...10_000_000).contains(count) else {
      throw invalid("tail", text, "a number of lines, or 'all'")
    }
    return count
  }

  private static func since(_ parameters: Parameters, now: Instant) throws(RoostError) -> Instant? {
    guard let text = parameters.nonBlank("since") else { return nil }
    if let duration = duration(text) { return now - duration }
    for style in [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)] {
      if let date = try? style.parse(text) {
        return Instant(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded(.down)))
      }
    }
    throw invalid("since", text, "a time such as 2026-03-05T21:48:29Z, or how long ago, such as 90s, 10m, 2h, 1d")
  }

  private static func duration(_ text: String) -> Duration? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let (digits, unit) = text.last.flatMap { units[$0] }.map { (text.dropLast(), $0) } ?? (text[...], 1)
    guard let count = Int64(digits), (0...1_000_000_000).contains(count) else { return nil }
    return .seconds(count * unit)
  }

  private static func invalid(_ name: String, _ value: String, _ fix: String) -> RoostError {
    RoostError(.invalidArgument, "Invalid value for '\(name)': \(value.prefix(80)) (write \(fix))", field: name)
  }
}
