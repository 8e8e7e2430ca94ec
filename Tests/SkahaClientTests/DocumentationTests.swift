import Foundation
import Testing

@Suite struct DocumentationTests {
  @Test func `the first program of the documentation is the one in Examples`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let article = try text(root.appending(path: "Sources/SkahaClient/SkahaClient.docc/FirstProgram.md"))
    let program = try text(root.appending(path: "Examples/FirstProgram/main.swift"))
    #expect(program.contains("withSkahaClient"))
    #expect(article.contains("```swift\n\(program)```"))
  }

  private func text(_ file: URL) throws -> String { String(decoding: try Data(contentsOf: file), as: UTF8.self) }
}
