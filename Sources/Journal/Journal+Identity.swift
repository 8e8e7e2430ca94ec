import Foundation
import GRDB
public import Identity
import Sessions

extension Journal {
  /// Adds a user with the credentials that it will be given.
  ///
  /// - Throws: `RoostError` (`conflict`) if the name is taken, `JournalError` if the journal cannot be written.
  public func addUser(_ name: UserName, role: User.Role, credentials: Credentials) throws -> User {
    do {
      return try pool.write { database in
        try database.execute(
          sql: "INSERT INTO user (name, role) VALUES (?, ?)", arguments: [name.text, role.rawValue])
        let user = User(id: UserID(database.lastInsertedRowID), name: name, role: role)
        try Self.store(credentials, of: user, in: database)
        return user
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw RoostError(.conflict, "There is a user '\(name)' already; choose another name.", field: "name")
    } catch {
      throw JournalError("written", error)
    }
  }

  private static func store(_ credentials: Credentials, of user: User, in database: Database) throws {
    let digest = TokenDigest(of: credentials.token).data
    try database.execute(
      sql: "INSERT INTO token (digest, user) VALUES (?, ?)", arguments: [digest, user.id.number])
    try database.execute(
      sql: "INSERT INTO keypair (access_key, secret_key, user) VALUES (?, ?, ?)",
      arguments: [credentials.accessKey, credentials.secretKey.reveal(), user.id.number])
  }

  /// The user whose token this is; `nil` if it is nobody's.
  public func user(presenting token: TokenDigest) async throws(JournalError) -> User? {
    let digest = token.data
    return try await read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT user.id, user.name, user.role FROM token JOIN user ON user.id = token.user WHERE digest = ?")
      return try Row.fetchOne(statement, arguments: [digest]).flatMap(User.init(row:))
    }
  }

  /// Whether nobody has been added yet.
  public func hasNoUsers() throws(JournalError) -> Bool {
    do {
      return try pool.read { try Bool.fetchOne($0, sql: "SELECT NOT EXISTS (SELECT 1 FROM user)") ?? true }
    } catch {
      throw JournalError("read", error)
    }
  }
}

extension User {
  fileprivate init?(row: Row) {
    guard let name = UserName(row["name"]), let role = Role(rawValue: row["role"]) else { return nil }
    self.init(id: UserID(row["id"]), name: name, role: role)
  }
}

extension TokenDigest {
  fileprivate var data: Data { Data(bytes) }
}
