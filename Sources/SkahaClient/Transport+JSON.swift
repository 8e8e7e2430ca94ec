import Foundation
import NIOFoundationCompat

extension Transport {
  /// Sends `request` and reads the answer as JSON, whatever content type it claims to have.
  func json<Value: Decodable & Sendable>(_ request: SkahaRequest) async throws(SkahaError) -> Value {
    let answer = try await answer(to: request)
    do { return try JSONDecoder().decode(Value.self, from: answer.body) } catch {
      let line = "\(request.method.rawValue) \(request.path.joined(separator: "/"))"
      throw .invalidAnswer(
        "The answer to \(line) is not the JSON of a Skaha server.", status: Int(answer.status))
    }
  }
}
