import ArgumentParser
import SkahaClient

/// A kind of session as typed: one of the known words.
struct KindArgument: ExpressibleByArgument {
  let kind: SkahaSession.Kind

  init?(argument: String) {
    kind = SkahaSession.Kind(argument)
    if case .other = kind { return nil }
  }

  init(_ kind: SkahaSession.Kind) { self.kind = kind }

  var defaultValueDescription: String { kind.word }
  static var allValueStrings: [String] { SkahaSession.Kind.allCases.map(\.word) }
}

/// A status as typed, under either of its names.
struct StatusArgument: ExpressibleByArgument {
  let status: SkahaSession.Status

  init?(argument: String) {
    status = SkahaSession.Status(argument)
    if case .other = status { return nil }
  }

  init(_ status: SkahaSession.Status) { self.status = status }

  var defaultValueDescription: String { status.word }
  static var allValueStrings: [String] { SkahaSession.Status.allCases.map(\.word) + ["Succeeded", "Error"] }
}

/// An amount of memory as typed, in GiB: `8`, `8G`, `0.5`, `512M`.
struct MemoryArgument: ExpressibleByArgument, Equatable {
  let gibibytes: Double

  init?(argument: String) {
    let text = argument.lowercased()
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits), number > 0, number.isFinite else { return nil }
    switch text.dropFirst(digits.count) {
    case "", "g", "gb", "gi", "gib": gibibytes = number
    case "m", "mb", "mi", "mib": gibibytes = number / 1024
    case "t", "tb", "ti", "tib": gibibytes = number * 1024
    default: return nil
    }
  }
}
