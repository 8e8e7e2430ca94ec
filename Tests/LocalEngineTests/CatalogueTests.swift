import Engine
import Sessions
import Testing

@testable import LocalEngine

@Suite("The image catalogue")
struct CatalogueTests {
  @Test("the default has a terminal that starts a shell on the host's own root")
  func defaultCatalogue() throws {
    let catalogue = try ImageCatalogue(yaml: ImageCatalogue.defaultText)
    let reference = try #require(ImageReference("skaha/terminal:1.1.2"))
    let entry = try #require(catalogue.entry(for: reference))
    #expect(entry.root == "/")
    #expect(entry.kinds == [.headless: ["/bin/bash"]])
    let names = catalogue.images.map(\.reference.description)
    #expect(names == ["1.1.1", "1.1.2", "latest"].map { "images.canfar.net/skaha/terminal:\($0)" })
  }

  @Test(
    "names are found with the registry's host and without one, and only by a tag that is there",
    arguments: [
      ("skaha/terminal", true), ("skaha/terminal:1.1.1", true), ("images.canfar.net/skaha/terminal:latest", true),
      ("other.host/skaha/terminal:latest", false), ("skaha/terminal:9", false), ("terminal:latest", false),
    ])
  func lookup(_ name: String, isThere: Bool) throws {
    let catalogue = try ImageCatalogue(yaml: ImageCatalogue.defaultText)
    #expect((catalogue.entry(for: try #require(ImageReference(name))) != nil) == isThere)
  }

  @Test("interactive kinds, shared directories and a root of its own can be told")
  func fullEntry() throws {
    let catalogue = try ImageCatalogue(
      yaml: """
        registry: images.example.org
        images:
          - name: lab
            root: /srv/images//lab/
            share: [/data]
            kinds:
              headless: [python3]
              notebook: [jupyter, lab, --no-browser]
        """)
    let entry = try #require(catalogue.entries.first)
    #expect(entry.tags == ["latest"] && entry.root == "/srv/images/lab" && entry.share == ["/data"])
    #expect(entry.orderedKinds == [.headless, .notebook])
    #expect(entry.kinds[.notebook] == ["jupyter", "lab", "--no-browser"])
  }

  @Test(
    "a mistake is named by its place, with the way to put it right",
    arguments: [
      ("images: []", "the field 'registry' is missing; add it."),
      ("registry: localhost:5000/x\nimages: []", "field 'registry': 'localhost:5000/x' is not a host name"),
      ("registry: a.b\nimages:\n  - {name: x, kinds: {headless: [a]}}", "images[1]: the field 'root' is missing"),
      (
        "registry: a.b\nimages:\n  - {name: x, root: y, kinds: {headless: [a]}}",
        "images[1] (x), field 'root': 'y' is not"
      ),
      ("registry: a.b\nimages:\n  - {name: x, root: /a/../b, kinds: {headless: [a]}}", "'/a/../b' is not a whole path"),
      ("registry: a.b\nimages:\n  - {name: x, root: /, kinds: {batch: [a]}}", "'batch' is not a kind of session"),
      ("registry: a.b\nimages:\n  - {name: x, root: /, kinds: {headless: []}}", "the command is empty"),
      ("registry: a.b\nimages:\n  - {name: x, root: /, kinds: {headless: sh}}", "images[1].kinds.headless"),
      (
        "registry: a.b\nimages:\n  - {name: 'x:1', root: /, kinds: {headless: [a]}}",
        "field 'name': 'x:1' is not a name"
      ),
      ("registry: a.b\nimages:\n  - {name: x, tags: [a/b], root: /, kinds: {headless: [a]}}", "'a/b' is not a tag"),
      ("registry: a.b\nimages:\n  - {name: x, tags: [1, '1'], root: /, kinds: {headless: [a]}}", "'x:1' appears twice"),
      ("registry: a.b\nimages:\n  - {name: x, root: /, kind: {}, kinds: {headless: [a]}}", "there is no field 'kind'"),
      ("registry: [", "is not YAML"),
      ("just words", "has the wrong form"),
    ])
  func mistakes(_ text: String, expected: String) {
    let error = #expect(throws: ImageCatalogueError.self) { try ImageCatalogue(yaml: text) }
    #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
  }

  @Test("a digest changes with what an image means, not with its tags")
  func digest() throws {
    let entry = ImageCatalogue.Entry(name: "x", tags: ["1"], root: "/", kinds: [.headless: ["a", "b"]])
    var other = entry
    other.tags = ["2"]
    #expect(other.digest == entry.digest)
    other.kinds = [.headless: ["a b"]]
    #expect(other.digest != entry.digest)
    other = entry
    other.root = "/y"
    #expect(other.digest != entry.digest)
  }
}
