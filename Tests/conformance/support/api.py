"""The Skaha API over plain HTTP: how tests arrange things, and how they see what no client shows."""

import http.client
import json as jsonlib
import shlex
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from support.config import PYTHON, TERMINAL
from support.waiting import eventually

ENDED = ("Completed", "Failed", "Succeeded", "Error")


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def line(self):
        """The body, which is one line of plain text."""
        assert self.headers.get_content_type() == "text/plain", f"{self.headers.get_content_type()}: {self.text}"
        assert self.text.endswith("\n") and self.text.count("\n") == 1, f"not one line: {self.text!r}"
        return self.text[:-1]

    def json(self):
        assert self.headers.get_content_type() == "application/json", f"{self.headers.get_content_type()}: {self.text}"
        return jsonlib.loads(self.body)


class Api:
    """One user's view of one server. Parameters are a dict or a list of pairs and go into the query."""

    def __init__(self, server, credentials=None, version="v1"):
        self.server = server
        self.credentials = credentials
        self.prefix = f"/skaha/{version}"

    def request(self, method, path, parameters=(), headers=None, body=None):
        """Sends one request to exactly `path` and reads the whole answer."""
        target = path + ("?" + urlencode(parameters) if parameters else "")
        fields = dict(headers or {})
        if self.credentials:
            fields.setdefault("Authorization", f"Bearer {self.credentials.token}")
        connection = http.client.HTTPConnection(urlsplit(self.server.url).netloc, timeout=30)
        try:
            connection.request(method, target, body=body, headers=fields)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, **parameters):
        return self.request("GET", self.prefix + path, parameters)

    def post(self, path, parameters=(), **kwargs):
        return self.request("POST", self.prefix + path, parameters, **kwargs)

    def delete(self, path):
        return self.request("DELETE", self.prefix + path)

    def create(self, *argv, environment=None, **parameters):
        """Creates a session that must be accepted, and returns its id. `argv` is what a headless one runs."""
        pairs = list({"name": "test", "image": TERMINAL, "type": "headless", **parameters}.items())
        if argv:
            pairs += [("cmd", argv[0]), ("args", shlex.join(argv[1:]))]
        pairs += [("env", f"{name}={value}") for name, value in (environment or {}).items()]
        answer = self.post("/session", pairs)
        assert answer.status == 200, f"{answer.status} {answer.text}"
        return answer.line

    def python(self, script, **kwargs):
        """Creates a headless session that runs a Python script."""
        return self.create(PYTHON, "-c", script, **kwargs)

    def sleeper(self, **kwargs):
        """Creates a headless session that does nothing for a long time, and waits until it does so."""
        return self.wait(self.create("/bin/sleep", "86400", **kwargs), "Running")["id"]

    def info(self, session):
        """The object of one session."""
        answer = self.get(f"/session/{session}")
        assert answer.status == 200, f"{answer.status} {answer.text}"
        return answer.json()

    def logs(self, session, **parameters):
        """The log of one session."""
        answer = self.get(f"/session/{session}", view="logs", **parameters)
        assert answer.status == 200, f"{answer.status} {answer.text}"
        return answer.text

    def events(self, session):
        """The events of one session as they are on the wire."""
        answer = self.get(f"/session/{session}", view="events")
        assert answer.status == 200, f"{answer.status} {answer.text}"
        return answer.text

    def sessions(self, **parameters):
        """The list of sessions."""
        answer = self.get("/session", **parameters)
        assert answer.status == 200, f"{answer.status} {answer.text}"
        return answer.json()

    def ids(self, **parameters):
        """The ids in the list of sessions."""
        return {session["id"] for session in self.sessions(**parameters)}

    def wait(self, session, *statuses):
        """Waits until a session has one of `statuses`, and returns its object."""
        def reached():
            info = self.info(session)
            assert info["status"] in statuses, f"{info['status']}: {info.get('reason')}"
            return info
        return eventually(reached, f"{session} to be {' or '.join(statuses)}")

    def finish(self, session):
        """Waits until a session is over, and returns its log."""
        self.wait(session, *ENDED)
        return self.logs(session)

    def destroy_all(self):
        """Destroys every session of this user and waits until none is listed."""
        for session in self.ids():
            self.delete(f"/session/{session}")
        eventually(lambda: not self.ids(), "all sessions to be gone")
