import Foundation
import SkahaClient

let environment = ProcessInfo.processInfo.environment
guard let url = environment["ROOST_URL"], let token = environment["ROOST_TOKEN"] else {
  print("Set ROOST_URL and ROOST_TOKEN.")
  exit(2)
}

try await withSkahaClient(server: url, credential: .token(token)) { client in
  let created = try await client.create(
    name: "first", image: "images.canfar.net/skaha/terminal:1.1.2", cores: 1, ram: 1,
    cmd: "sh", args: ["-c", "echo Hello from replica $REPLICA_ID of $REPLICA_COUNT"], replicas: 2)
  for (replica, error) in created.failures {
    print("\(replica.name) was refused: \(error)")
  }

  var unfinished = created.values
  while !unfinished.isEmpty {
    try await Task.sleep(for: .milliseconds(200))
    let sessions = try await client.info(unfinished).get()
    unfinished = sessions.filter { !$0.status.isFinal }.map(\.id)
  }

  for (id, log) in await client.logs(created.values).successes {
    print("\(id): \(log)", terminator: "")
  }
  let removed = await client.destroy(created.values)
  print("Removed \(removed.values.count) of \(created.count) sessions.")
  if !created.allSucceeded || !removed.allSucceeded { exit(1) }
}
