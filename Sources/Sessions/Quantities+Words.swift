// How amounts are written for people: "2 cores", "1.5 cores", "16 GiB".

extension MilliCPU: CustomStringConvertible {
  public var description: String {
    let number = Decimal3(thousandths).text
    return number == "1" ? "1 core" : "\(number) cores"
  }
}

extension ByteCount: CustomStringConvertible {
  public var description: String {
    let units: [(String, Int64)] = [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    guard let (name, size) = units.first(where: { bytes >= $0.1 }) else { return "\(bytes) bytes" }
    let (whole, rest) = bytes.quotientAndRemainder(dividingBy: size)
    return "\(Decimal3(whole * 1000 + rest * 10 / size * 100).text) \(name)"
  }
}

/// A number counted in thousandths, written without needless zeros.
struct Decimal3 {
  let text: String

  init(_ thousandths: Int64) {
    let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1000)
    guard rest != 0 else {
      text = String(whole)
      return
    }
    var fraction = String(1000 + abs(rest)).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    text = "\(whole == 0 && rest < 0 ? "-" : "")\(whole).\(fraction)"
  }
}
