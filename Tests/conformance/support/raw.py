"""HTTP as bytes on a socket, for what no client would send."""

import http.client
import socket
from urllib.parse import urlsplit

from support.api import Answer


class Connection:
    """One connection to a server, to be written to and read from by hand."""

    def __init__(self, server, timeout=20):
        address = urlsplit(server.url)
        self.socket = socket.create_connection((address.hostname, address.port), timeout=timeout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """Sends bytes; what the server no longer wants to read is not an error. Says whether it still reads."""
        try:
            self.socket.sendall(data)
            return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    def answer(self):
        """Reads one answer."""
        response = http.client.HTTPResponse(self.socket)
        response.begin()
        return Answer(response.status, response.headers, response.read())

    def is_closed(self):
        """Whether the server has closed the connection; waits for it to do so."""
        try:
            while self.socket.recv(65536):
                continue
            return True
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False


def head(method, target, api, *fields):
    """The head of a request, with the user's token."""
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {api.credentials.token}", *fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
