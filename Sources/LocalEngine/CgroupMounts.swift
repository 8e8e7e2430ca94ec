/// Where the kernel's control groups are mounted, as `/proc` tells.
struct CgroupMounts: Hashable, Sendable {
  /// The mount point of each controller of version 1.
  var controllers: [String: String] = [:]
  /// The mount point of version 2.
  var unified: String?
  /// The path of this process in each hierarchy; `""` stands for version 2.
  var ownPaths: [String: String] = [:]

  /// - Parameters:
  ///   - mountInfo: the text of `/proc/self/mountinfo`.
  ///   - membership: the text of `/proc/self/cgroup`.
  init(mountInfo: String, membership: String) {
    for line in mountInfo.split(separator: "\n") { addMount(line) }
    for line in membership.split(separator: "\n") { addMembership(line) }
  }

  /// A line is `ID PARENT DEVICE ROOT POINT OPTIONS FIELDS... - TYPE SOURCE SUPEROPTIONS`.
  private mutating func addMount(_ line: Substring) {
    let words = line.split(separator: " ")
    guard let dash = words.firstIndex(of: "-"), words.count > dash + 3, dash > 4 else { return }
    let point = String(words[4])
    if words[dash + 1] == "cgroup2", unified == nil { unified = point }
    guard words[dash + 1] == "cgroup" else { return }
    for option in words[dash + 3].split(separator: ",") where controllers[String(option)] == nil {
      controllers[String(option)] = point
    }
  }

  /// A line is `ID:CONTROLLERS:PATH`.
  private mutating func addMembership(_ line: Substring) {
    let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return }
    for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      ownPaths[String(controller)] = String(parts[2])
    }
  }
}
