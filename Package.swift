// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
  .treatWarning("DeprecatedDeclaration", as: .warning),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let persistentCollections = Target.Dependency.product(name: "HashTreeCollections", package: "swift-collections")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioFoundation = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "roost",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "roost", targets: ["roost"]),
    .library(name: "SkahaClient", targets: ["SkahaClient"]),
  ],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    // The vocabulary: what a session is, in values. Imports nothing of ours.
    .target(name: "Sessions", swiftSettings: strict),

    // Who somebody is: users, tokens, keypairs, principals.
    .target(name: "Identity", dependencies: ["Sessions", crypto], swiftSettings: strict),

    // The pure core: decides what happens to sessions. No I/O, no clock, no randomness.
    .target(name: "SessionCore", dependencies: ["Sessions", persistentCollections], swiftSettings: strict),

    // SQLite: schema, migrations, grouped writes, history.
    .target(name: "Journal", dependencies: ["Sessions", "Identity", grdb], swiftSettings: strict),

    // What runs sessions somewhere: the protocol, what engines share, the simulated engine.
    .target(name: "Engine", dependencies: ["Sessions"], swiftSettings: strict),

    // Sessions on this machine: bubblewrap, cgroups, one supervisor process a session.
    .target(name: "LocalEngine", dependencies: ["Engine", "Sessions", crypto, logging, yams], swiftSettings: strict),

    // The process that outlives the manager and watches one session of the local engine.
    // Linked statically, so that it runs as the first process inside any image, and stays small.
    .executableTarget(
      name: "roost-supervisor", path: "Sources/RoostSupervisor",
      linkerSettings: [.unsafeFlags(["-static-executable", "-nostartfiles"])]),

    // The loop: decide, journal, answer, act.
    .target(
      name: "SessionManager",
      dependencies: [
        "SessionCore", "Journal", "Engine", "Identity", "Sessions", logging, lifecycle, persistentCollections,
      ],
      swiftSettings: strict),

    // The Skaha dialect of the session API.
    .target(
      name: "SkahaAPI",
      dependencies: [
        "SessionManager", "SessionCore", "Journal", "Engine", "Identity", "Sessions", hummingbird, logging,
        persistentCollections, lifecycle,
      ],
      swiftSettings: strict),

    // The composition root: configuration, wiring, life cycle.
    .target(
      name: "RoostServer",
      dependencies: [
        "SkahaAPI", "SessionManager", "SessionCore", "Journal", "Engine", "LocalEngine", "Identity", "Sessions",
        hummingbird, .product(name: "HummingbirdCore", package: "hummingbird"), nioCore, nioHTTP1, nioHTTPTypes,
        lifecycle, signals, logging,
        yams,
      ],
      swiftSettings: strict),

    // The Session API for Swift programs; works against any Skaha server.
    .target(
      name: "SkahaClient",
      dependencies: [asyncHTTPClient, nioCore, nioPosix, nioHTTP1, nioSSL, nioFoundation], swiftSettings: strict),

    // The command line, one file a command.
    .target(
      name: "RoostCommands",
      dependencies: ["RoostServer", "SkahaClient", "Identity", "Journal", "Sessions", argumentParser, logging],
      swiftSettings: strict),

    .executableTarget(name: "roost", dependencies: ["RoostCommands", argumentParser], swiftSettings: strict),

    // The first program of the client library's documentation; the tests run it.
    .executableTarget(
      name: "first-program", dependencies: ["SkahaClient"], path: "Examples/FirstProgram",
      swiftSettings: strict),

    // Fixtures that tests share: a server in the test's process, a manual clock, the engine conformance suite.
    .target(
      name: "RoostTestSupport",
      dependencies: [
        "RoostServer", "SessionManager", "SessionCore", "Journal", "Engine", "Identity", "Sessions", "SkahaClient",
        lifecycle, logging, persistentCollections,
      ],
      path: "Tests/RoostTestSupport", swiftSettings: strict),
    .testTarget(name: "SessionsTests", dependencies: ["Sessions"], swiftSettings: strict),
    .testTarget(name: "IdentityTests", dependencies: ["Identity", "Sessions"], swiftSettings: strict),
    .testTarget(
      name: "SessionCoreTests", dependencies: ["SessionCore", "Sessions", persistentCollections], swiftSettings: strict),
    .testTarget(
      name: "JournalTests", dependencies: ["Journal", "Identity", "Sessions", "RoostTestSupport", grdb],
      swiftSettings: strict),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Sessions", "RoostTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "LocalEngineTests",
      dependencies: ["LocalEngine", "Engine", "Sessions", "RoostTestSupport", "roost-supervisor", logging],
      swiftSettings: strict),
    .testTarget(
      name: "SessionManagerTests",
      dependencies: [
        "SessionManager", "SessionCore", "Journal", "Engine", "Identity", "Sessions", "RoostTestSupport", grdb,
        persistentCollections,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SkahaAPITests",
      dependencies: [
        "SkahaAPI", "SessionManager", "SessionCore", "Engine", "Identity", "Sessions", "RoostTestSupport", hummingbird,
        nioCore, logging,
      ],
      swiftSettings: strict),
    // An HTTP server in the test's process that records requests and plays answers.
    .target(
      name: "SkahaTestServer",
      dependencies: [hummingbird, hummingbirdCore, hummingbirdTLS, nioSSL, nioCore, logging],
      path: "Tests/SkahaTestServer", swiftSettings: strict),
    .testTarget(
      name: "SkahaClientTests", dependencies: ["SkahaClient", "SkahaTestServer", asyncHTTPClient, nioSSL],
      exclude: ["Certificates"], swiftSettings: strict),
    .testTarget(
      name: "RoostCommandsTests", dependencies: ["RoostCommands", "SkahaClient", "SkahaTestServer", argumentParser],
      swiftSettings: strict),
    .testTarget(
      name: "RoostServerTests",
      dependencies: [
        "RoostServer", "SessionManager", "Engine", "Identity", "Sessions", "SkahaClient", "RoostTestSupport", logging,
      ],
      swiftSettings: strict),
  ]
)
