import Foundation

/// Times as Skaha servers write them: ISO 8601 with a zone, with or without a fraction of a second.
enum SkahaTime {
  static func parse(_ text: String) -> Date? {
    (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: fractional))
      ?? (try? Date(text, strategy: zoned))
  }

  /// Seconds and `Z`.
  static func format(_ date: Date) -> String { date.formatted(.iso8601) }

  private static let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
  private static let zoned = Date.ISO8601FormatStyle(timeZoneSeparator: .colon)
}
