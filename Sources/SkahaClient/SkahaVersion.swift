/// The dialect of the Session API that a server speaks; it is part of the URL.
public enum SkahaVersion: String, Hashable, Sendable, CaseIterable {
  /// Servers up to the middle of 2025: `Succeeded`, `<none>`, `"16G"`.
  case v0
  /// Today's servers: `Completed`, missing fields, `"17.18"`.
  case v1
}
