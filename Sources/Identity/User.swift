public import Sessions

/// A person, or a program on a person's behalf, who may have sessions.
public struct User: Hashable, Sendable {
  public let id: UserID
  /// A label: letters, digits, `.`, `_` and `-`, unique in this Roost.
  public let name: UserName
  public let role: Role

  public init(id: UserID, name: UserName, role: Role) {
    self.id = id
    self.name = name
    self.role = role
  }

  /// What a user may do beyond having sessions.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    case user
    /// May manage users.
    case administrator
  }
}

/// A name that a user can have: it becomes part of paths and of host files such as `/etc/passwd`.
public struct UserName: Hashable, Sendable, CustomStringConvertible {
  public static let maximumLength = 32
  public let text: String

  /// Accepts `text` if it starts with a lower-case letter and goes on with lower-case letters, digits, `.`, `_` or `-`.
  public init?(_ text: String) {
    let rest = Set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    guard let first = text.first, first.isASCII, first.isLowercase, text.count <= Self.maximumLength,
      text.allSatisfy(rest.contains), text != "root"
    else { return nil }
    self.text = text
  }

  public var description: String { text }
}

/// Who makes a request. Handlers get one from the gate and never look at credentials themselves.
public struct Principal: Hashable, Sendable {
  public let user: User

  public init(user: User) { self.user = user }

  public var owner: Owner { Owner(id: user.id, name: user.name.text) }
}
