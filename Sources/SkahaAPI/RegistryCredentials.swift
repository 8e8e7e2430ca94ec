import Foundation
import HTTPTypes
import Sessions

/// The header by which clients send their credentials for a private registry.
enum RegistryCredentials {
  // A constant token is a valid name.
  // swift-format-ignore: NeverForceUnwrap
  static let field = HTTPField.Name("x-skaha-registry-auth")!

  /// Refuses a header that cannot be what it should be, rather than ignore it.
  ///
  /// - Throws: `RoostError` (`invalidArgument`), without the header's value.
  static func check(_ headers: HTTPFields) throws(RoostError) {
    guard let value = headers[field] else { return }
    let decoded = Data(base64Encoded: value).flatMap { String(data: $0, encoding: .utf8) }
    let parts = decoded?.split(separator: ":", maxSplits: 1)
    guard parts?.count == 2 else {
      throw RoostError(
        .invalidArgument, "Invalid input.  Must be in form of username:secret", field: "x-skaha-registry-auth")
    }
  }
}
