"""The storage service beside a Skaha server, as far as `canfar server use` looks at it."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CAPABILITIES = b"""<?xml version="1.0" encoding="UTF-8"?>
<vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0"
    xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <capability standardID="ivo://ivoa.net/std/VOSpace/v2.0#nodes">
    <interface xsi:type="vs:ParamHTTP" role="std" version="2.1">
      <accessURL use="base">http://127.0.0.1/arc/nodes</accessURL>
    </interface>
  </capability>
</vosi:capabilities>
"""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path == "/arc/capabilities"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(CAPABILITIES) if found else 0))
        self.end_headers()
        if found:
            self.wfile.write(CAPABILITIES)

    def log_message(self, *_):
        """Keeps quiet."""


@contextmanager
def storage_service():
    """Serves capabilities of a VOSpace; yields the service's URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/arc"
        finally:
            server.shutdown()
            thread.join()
