import Sessions

/// The parameters of a request, from wherever it carries them: query, form body, multipart body.
///
/// Names are matched in any case, as Skaha's `SyncInput` does; of a parameter given twice the first counts.
struct Parameters: Sendable {
  private var values: [String: [String]] = [:]

  init(_ pairs: [(name: String, value: String)] = []) {
    for (name, value) in pairs { values[name.lowercased(), default: []].append(value) }
  }

  /// Reads the query and the body of a request, whatever its content type says about an empty body.
  init(query: String?, body: [UInt8], contentType: String?) throws(RoostError) {
    var pairs = try FormDecoding.pairs(query ?? "")
    if let boundary = contentType.flatMap(MultipartForm.boundary) {
      pairs += try MultipartForm.fields(body, boundary: boundary)
    } else if !body.isEmpty {
      guard let form = String(validating: body, as: UTF8.self) else {
        throw RoostError(.invalidArgument, "The form is not UTF-8 text; write other bytes as '%' and two digits")
      }
      pairs += try FormDecoding.pairs(form)
    }
    self.init(pairs)
  }

  subscript(_ name: String) -> String? { values[name]?.first }

  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// A parameter that is there and not blank.
  func nonBlank(_ name: String) -> String? {
    self[name].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }

  /// A switch: on if it is given as `true`, `1`, `yes`, `on` or without a value.
  ///
  /// - Throws: `RoostError` for any other value than those and their opposites.
  func flag(_ name: String) throws(RoostError) -> Bool {
    switch self[name]?.lowercased() {
    case nil, "false", "0", "no", "off": return false
    case "", "true", "1", "yes", "on": return true
    case .some(let value):
      throw RoostError(.invalidArgument, "Invalid value for '\(name)': \(value) (use true or false)", field: name)
    }
  }
}
