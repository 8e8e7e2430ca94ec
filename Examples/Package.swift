// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "examples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "roost", path: "..")],
  targets: [
    // The first program of the library's documentation.
    .executableTarget(name: "FirstProgram", dependencies: [.product(name: "SkahaClient", package: "roost")])
  ]
)
