"""A connection that is kept open, as clients keep theirs, and costs next to nothing itself."""

import http.client
from urllib.parse import urlencode, urlsplit

from support.config import TERMINAL


def create_target(**parameters):
    """The path and query that create a session."""
    return "/skaha/v1/session?" + urlencode({"image": TERMINAL, "type": "headless", **parameters})


class Connection:
    """One connection of the administrator's."""

    def __init__(self, server):
        self.headers = {"Authorization": f"Bearer {server.administrator.token}", "Content-Length": "0"}
        self.connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
        self.connection.connect()

    def create(self, **parameters):
        """Creates a session and returns its id."""
        self.connection.request("POST", create_target(**parameters), headers=self.headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.status != 200:
            raise RuntimeError(f"{response.status} {text}")
        return text.strip()

    def close(self):
        self.connection.close()
