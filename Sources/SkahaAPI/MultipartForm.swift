import Sessions

/// `multipart/form-data` (RFC 7578), as far as text fields go.
enum MultipartForm {
  /// The boundary that a content type names; `nil` if it is not that of a multipart form.
  static func boundary(contentType: String) -> String? {
    let parts = contentType.split(separator: ";").map { $0.drop(while: { $0 == " " }) }
    guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
    let parameter = parts.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }
    return parameter.map { String($0.dropFirst("boundary=".count)).trimmingQuotes }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The fields of a form, in order.
  ///
  /// - Throws: `RoostError` if a part has no name or its text is not UTF-8.
  static func fields(_ body: [UInt8], boundary: String) throws(RoostError) -> [(name: String, value: String)] {
    guard let text = String(validating: body, as: UTF8.self) else {
      throw RoostError(.invalidArgument, "The form is not UTF-8 text")
    }
    var fields: [(name: String, value: String)] = []
    for part in text.split(separator: "--" + boundary).dropFirst(text.hasPrefix("--" + boundary) ? 0 : 1) {
      if part.hasPrefix("--") { break }
      fields.append(try field(part))
    }
    return fields
  }

  private static func field(_ part: Substring) throws(RoostError) -> (name: String, value: String) {
    guard let blank = part.firstRange(of: "\r\n\r\n"),
      let name = name(in: part[..<blank.lowerBound])
    else {
      throw RoostError(.invalidArgument, "A part of the form has no name; each needs a Content-Disposition with one")
    }
    let value = part[blank.upperBound...]
    return (name, String(value.hasSuffix("\r\n") ? value.dropLast() : value))
  }

  private static func name(in headers: Substring) -> String? {
    for header in headers.split(separator: "\r\n") where header.lowercased().hasPrefix("content-disposition:") {
      let parameters = header.split(separator: ";").map { $0.drop(while: { $0 == " " }) }
      guard let parameter = parameters.first(where: { $0.hasPrefix("name=") }) else { continue }
      return String(parameter.dropFirst("name=".count)).trimmingQuotes
    }
    return nil
  }
}

extension String {
  fileprivate var trimmingQuotes: String {
    count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
  }
}
