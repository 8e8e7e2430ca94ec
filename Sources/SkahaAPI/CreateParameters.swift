import Sessions

/// Reads the parameters of `POST /session` into what a session's owner asked for.
///
/// The checks stand in the order of the original, so that of several mistakes the same one is reported first; their texts
/// are the original's where it has one.
struct CreateParameters {
  let parameters: Parameters
  let options: ResourceOptions
  let registries: [String]
  let lifetimes: Lifetimes

  /// - Throws: `RoostError` (`invalidArgument`) with the parameter at fault.
  func spec() throws(RoostError) -> SessionSpec {
    let imageText = try required("image", missing: "Missing parameter 'image'", blank: "image is required")
    let kind = try kind()
    let image = try image(imageText)
    var resources = try resources(for: kind)
    let name = try name()
    resources.reserved.gpus = try gpus()
    resources.limit.gpus = resources.reserved.gpus
    let isHeadless = kind == .headless
    let spec = SessionSpec(
      name: name, kind: kind, image: image, resources: resources, command: isHeadless ? try command() : [],
      environment: isHeadless ? try environment() : [],
      lifetime: isHeadless ? lifetimes.headless : lifetimes.interactive)
    guard spec.textSize <= Self.maximumTextSize else {
      throw RoostError(
        .invalidArgument,
        "'cmd', 'args' and 'env' have \(spec.textSize) bytes in all, at most \(Self.maximumTextSize) can be given; put large data into files",
        field: "env")
    }
    return spec
  }

  private func required(_ name: String, missing: String, blank: String) throws(RoostError) -> String {
    guard let value = parameters[name] else { throw RoostError(.invalidArgument, missing, field: name) }
    guard parameters.nonBlank(name) != nil else { throw RoostError(.invalidArgument, blank, field: name) }
    return value
  }

  /// `kind` is what skaha 1.4.4 and older call `type`.
  private func kind() throws(RoostError) -> SessionKind {
    guard let word = parameters["type"] ?? parameters["kind"] else { return .headless }
    guard let kind = SessionKind(word: word), kind != .desktopApp else {
      throw RoostError(.invalidArgument, "Invalid session type: \(word.prefix(80))", field: "type")
    }
    return kind
  }

  private func image(_ text: String) throws(RoostError) -> ImageReference {
    guard let image = ImageReference(text) else {
      throw RoostError(
        .invalidArgument, "Invalid image '\(text.prefix(80))': write it as host/project/name:tag", field: "image")
    }
    if let host = image.host, !registries.isEmpty, !registries.contains(host) {
      let known = registries.joined(separator: ", ")
      throw RoostError(
        .invalidArgument, "session image '\(image)' must come from one of [\(known)]", field: "image")
    }
    return image
  }

  private func name() throws(RoostError) -> String {
    let missing = "Missing parameter 'name'"
    let name = try required("name", missing: missing, blank: missing)
    guard name.utf8.allSatisfy({ Self.nameBytes.contains($0) }) else {
      throw RoostError(.invalidArgument, "name can only contain alpha-numeric chars and '-'", field: "name")
    }
    guard name.utf8.count <= Self.maximumNameLength else {
      throw RoostError(
        .invalidArgument, "name is too long: \(name.utf8.count) characters, at most \(Self.maximumNameLength)",
        field: "name")
    }
    return name
  }

  /// Bytes of name, command and environment: what fits into the longest query, and leaves room below Linux's limit for both.
  private static let maximumTextSize = 128 * 1024
  private static let maximumNameLength = 128
  private static let nameBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-".utf8)
}

/// How long sessions may run.
public struct Lifetimes: Hashable, Sendable {
  public var headless: Duration
  public var interactive: Duration

  /// Skaha's: 14 days, and 4 days.
  public init(headless: Duration = .seconds(14 * 86_400), interactive: Duration = .seconds(4 * 86_400)) {
    self.headless = headless
    self.interactive = interactive
  }
}
