import Identity
import Journal

/// What happens once in the life of a data directory.
enum FirstStart {
  /// Makes the administrator if nobody has been added yet.
  ///
  /// The file comes before the record: if Roost dies in between, the next start makes both anew, and nobody is left with
  /// an administrator whose token is lost.
  static func makeAdministrator(in journal: Journal, _ directory: DataDirectory, url: String) throws {
    guard try journal.hasNoUsers(), let name = UserName("admin") else { return }
    var generator = SystemRandomNumberGenerator()
    let credentials = Credentials(using: &generator)
    try directory.write(CredentialsFile(url: url, user: name, credentials: credentials))
    _ = try journal.addUser(name, role: .administrator, credentials: credentials)
  }

  /// Keeps the address in `credentials.json` true when the server comes up at another one.
  static func updateAddress(in directory: DataDirectory, url: String) throws(StartError) {
    guard var credentials = directory.readCredentials(), credentials.url != url else { return }
    credentials.url = url
    try directory.write(credentials)
  }
}
