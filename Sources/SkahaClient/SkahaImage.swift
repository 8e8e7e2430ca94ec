/// An image that a server offers.
public struct SkahaImage: Hashable, Sendable, Identifiable, Decodable {
  /// The full name, such as `images.canfar.net/skaha/terminal:1.1.2`.
  public var id: String
  /// The kinds of session it can serve.
  public var kinds: [SkahaSession.Kind]
  /// The digest of its content, if the server tells.
  public var digest: String?

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    id = try fields.decode(String.self, forKey: "id")
    kinds = fields.lenientWords("types").map { SkahaSession.Kind($0) }
    digest = fields.lenientText("digest")
  }
}
