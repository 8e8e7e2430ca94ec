/// An instant taken apart into the proleptic Gregorian calendar in UTC.
struct CivilTime {
  let year: Int64, month: Int64, day: Int64
  let hour: Int64, minute: Int64, second: Int64, millisecond: Int64

  /// Days are turned into a date by the era arithmetic that Howard Hinnant published as `civil_from_days`.
  init(_ instant: Instant) {
    let (days, rest) = Self.floorDivide(instant.milliseconds, 86_400_000)
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1000 % 60
    millisecond = rest % 1000

    let (era, dayOfEra) = Self.floorDivide(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var formattedSeconds: String { "\(date)T\(time)Z" }
  var formattedMilliseconds: String { "\(date)T\(time).\(Self.padded(millisecond, to: 3))Z" }

  private var date: String { "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))-\(Self.padded(day, to: 2))" }
  private var time: String { "\(Self.padded(hour, to: 2)):\(Self.padded(minute, to: 2)):\(Self.padded(second, to: 2))" }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
    let quotient = (value >= 0 ? value : value - divisor + 1) / divisor
    return (quotient, value - quotient * divisor)
  }

  private static func padded(_ value: Int64, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
