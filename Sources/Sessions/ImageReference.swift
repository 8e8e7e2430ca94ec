/// The name of an image, such as `images.canfar.net/skaha/terminal:1.1.2`. What it stands for is the engine's business.
public struct ImageReference: Hashable, Sendable, Codable, CustomStringConvertible {
  public static let maximumLength = 512

  /// The registry's host, `nil` if the name has none.
  public let host: String?
  /// What stands between host and tag: `skaha/terminal`.
  public let repository: String
  /// What stands behind the last colon; `latest` if nothing does.
  public let tag: String

  /// Takes `text` apart; `nil` if it is not the name of an image.
  ///
  /// As Docker does, the first segment counts as a host if it has a dot or a colon, or is `localhost`.
  public init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= Self.maximumLength, text.utf8.allSatisfy(Self.isAllowed) else { return nil }
    var segments = text.split(separator: "/", omittingEmptySubsequences: false)
    guard segments.allSatisfy({ !$0.isEmpty }), let first = segments.first else { return nil }
    let hasHost = segments.count > 1 && (first.contains(".") || first.contains(":") || first == "localhost")
    host = hasHost ? String(segments.removeFirst()) : nil

    guard let last = segments.popLast() else { return nil }
    let nameAndTag = last.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard nameAndTag.allSatisfy({ !$0.isEmpty }) else { return nil }
    repository = (segments + [nameAndTag[0]]).joined(separator: "/")
    tag = nameAndTag.count > 1 ? String(nameAndTag[1]) : "latest"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let image = ImageReference(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not the name of an image")
    }
    self = image
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  public var description: String { (host.map { $0 + "/" } ?? "") + repository + ":" + tag }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: Array("._-/:@+".utf8).contains(byte)
    }
  }
}
