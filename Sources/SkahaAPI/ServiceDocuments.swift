/// The two XML documents by which VO tools find out about a service (IVOA VOSI 1.1).
enum ServiceDocuments {
  /// `GET /availability`. canfar and skaha read `available` and `note`.
  static func availability(isAvailable: Bool, note: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <vosi:availability xmlns:vosi="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
      <vosi:available>\(isAvailable)</vosi:available>
      <vosi:note>\(escape(note))</vosi:note>
    </vosi:availability>

    """
  }

  /// `GET /capabilities`, with `base` (such as `http://host:8080/skaha`) in its addresses.
  static func capabilities(base: String) -> String {
    let base = escape(base)
    let services = [
      ("http://www.opencadc.org/std/platform#session-1", "\(base)/v1/session"),
      ("http://www.opencadc.org/std/platform#context-1", "\(base)/v1/context"),
      ("http://www.opencadc.org/std/platform#image-1", "\(base)/v1/image"),
      ("http://www.opencadc.org/std/platform#repository-1", "\(base)/v1/repository"),
      ("vos://cadc.nrc.ca~vospace/CADC/std/Proc#sessions-1.0", "\(base)/v0"),
    ]
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0"
        xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      \(open("ivo://ivoa.net/std/VOSI#capabilities", "\(base)/capabilities"))
      \(open("ivo://ivoa.net/std/VOSI#availability", "\(base)/availability"))
      \(services.map(secured).joined(separator: "\n"))
      </vosi:capabilities>

      """
  }

  private static func open(_ standard: String, _ address: String) -> String {
    capability(standard, address, security: "")
  }

  private static func secured(_ standard: String, _ address: String) -> String {
    let methods = ["ivo://ivoa.net/sso#token", "ivo://ivoa.net/sso#tls-with-certificate"]
    let security = methods.map { "\n      <securityMethod standardID=\"\($0)\"/>" }.joined()
    return capability(standard, address, security: security)
  }

  private static func capability(_ standard: String, _ address: String, security: String) -> String {
    """
      <capability standardID="\(standard)">
        <interface xsi:type="vs:ParamHTTP" role="std" version="1.0">
          <accessURL use="base">\(address)</accessURL>\(security)
        </interface>
      </capability>
    """
  }

  private static func escape(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
  }
}
