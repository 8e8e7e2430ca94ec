import Engine
import Glibc
import SessionCore
import SessionManager
import Sessions
import SkahaAPI

// The configuration as each part of the server wants it.
extension ServerConfiguration {
  var settings: Settings {
    let policy = Policy(
      interactiveSessions: file.limits.interactiveSessions, liveSessions: file.limits.liveSessions,
      stopGrace: .seconds(file.lifetimes.stopGraceSeconds))
    return Settings(
      policy: policy, listedAfterEnd: .seconds(file.retention.listedHours * 3600),
      retention: .seconds(file.retention.days * 86_400), hostName: listen.host, account: accounts)
  }

  var skaha: SkahaAPI.Configuration {
    SkahaAPI.Configuration(
      lifetimes: Lifetimes(
        headless: .seconds(file.lifetimes.headlessHours * 3600),
        interactive: .seconds(file.lifetimes.interactiveHours * 3600)),
      bodyLimit: file.limits.requestBody)
  }

  /// Every user has a uid of its own if the server can give one; otherwise all sessions run as the server's.
  private var accounts: @Sendable (Owner) -> PosixAccount {
    let first = file.accounts.firstUID
    let own = geteuid()
    return { owner in
      let uid = own == 0 ? first + UInt32(clamping: owner.id.number) : own
      return PosixAccount(name: owner.name, uid: uid, gid: own == 0 ? uid : getegid())
    }
  }
}
