/// What a person may leave out of an image's name.
enum ImageName {
  /// Whether `image` says where it comes from, or is too short for a repository of a registry.
  static func namesRegistry(_ image: String) -> Bool {
    let segments = image.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.count > 1 else { return true }
    return segments[0].contains(".") || segments[0].contains(":") || segments[0] == "localhost"
  }

  /// `skaha/terminal` becomes `images.canfar.net/skaha/terminal:latest`, as in canfar.
  static func completed(_ image: String, registry: String?) -> String {
    let whole = registry.map { "\($0)/\(image)" } ?? image
    let last = whole.split(separator: "/").last ?? ""
    return last.contains(":") || last.contains("@") ? whole : whole + ":latest"
  }

  /// A name for a session that was given none: the image's, with four random letters.
  static func sessionName(for image: String) -> String {
    var generator = SystemRandomNumberGenerator()
    return sessionName(for: image, using: &generator)
  }

  static func sessionName(for image: String, using generator: inout some RandomNumberGenerator) -> String {
    let last = image.split(separator: "/").last ?? "session"
    let name = last.prefix { $0 != ":" && $0 != "@" }.lowercased()
    let allowed = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let letters = (0..<4).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator) ?? "x" }
    return String(allowed.prefix(40)) + "-" + String(letters)
  }
}
