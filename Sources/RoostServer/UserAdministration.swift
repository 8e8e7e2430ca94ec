public import Foundation
public import Identity
import Journal
import Sessions

/// Adds a user to a data directory, whether or not a server uses it at the moment.
public enum UserAdministration {
  /// - Returns: what the user needs to get in; it cannot be read again.
  /// - Throws: `StartError` for the directory, `RoostError` for the name, `JournalError`.
  public static func addUser(named text: String, dataDirectory: URL) throws -> CredentialsFile {
    guard let name = UserName(text) else {
      throw RoostError(
        .invalidArgument,
        "'\(text)' cannot be a user's name: use a lower-case letter, then lower-case letters, digits, '.', '_' or '-', at most \(UserName.maximumLength) in all.",
        field: "name")
    }
    let directory = try DataDirectory(existing: dataDirectory)
    let journal = try Journal(directory: directory.url, migrating: false)
    defer { journal.close() }
    var generator = SystemRandomNumberGenerator()
    let credentials = Credentials(using: &generator)
    _ = try journal.addUser(name, role: .user, credentials: credentials)
    let url = directory.readCredentials()?.url ?? ListenAddress().url
    return CredentialsFile(url: url, user: name, credentials: credentials)
  }
}
