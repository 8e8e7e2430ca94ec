import Sessions
import Testing

struct ImageReferenceTests {
  @Test(arguments: [
    ("images.canfar.net/skaha/terminal:1.1.2", "images.canfar.net", "skaha/terminal", "1.1.2"),
    ("skaha/terminal", nil, "skaha/terminal", "latest"), ("ubuntu:22.04", nil, "ubuntu", "22.04"),
    ("localhost/a/b", "localhost", "a/b", "latest"), ("host:5000/a:b", "host:5000", "a", "b"),
  ])
  func `is taken apart into host, repository and tag`(text: String, host: String?, repository: String, tag: String) {
    let image = ImageReference(text)
    #expect(image?.host == host)
    #expect(image?.repository == repository)
    #expect(image?.tag == tag)
  }

  @Test(arguments: ["", "/", "a//b", "a:", ":b", "a b", "a/b:c\n", "a/", String(repeating: "x", count: 513)])
  func `is refused if it is no name`(text: String) {
    #expect(ImageReference(text) == nil)
  }

  @Test func `reads what it writes`() {
    let image = ImageReference("images.canfar.net/skaha/terminal")
    #expect(image?.description == "images.canfar.net/skaha/terminal:latest")
    #expect(image.flatMap { ImageReference($0.description) } == image)
  }
}
