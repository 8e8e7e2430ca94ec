"""Fixtures: a server a module, a fresh user a test, the real clients in that user's name."""

import itertools
import os
import tempfile
from pathlib import Path

# Both clients read these when they are imported.
os.environ["HOME"] = tempfile.mkdtemp(prefix="roost-conformance-home-")
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
for name in [name for name in os.environ if name.startswith("CANFAR_")]:
    del os.environ[name]

import pytest

from support import clients
from support.api import Api
from support.cli import Canfar
from support.report import Report
from support.server import BINARY, REPOSITORY, RoostServer

REPORT_FILE = Path(os.environ.get("ROOST_CONFORMANCE_REPORT", REPOSITORY / ".build" / "conformance-report.md"))

report_of_calls = Report()
user_numbers = itertools.count(1)


def pytest_sessionstart(session):
    if not BINARY.exists():
        raise pytest.UsageError(f"{BINARY} does not exist; build it with `swift build`, or set ROOST_BINARY")


def pytest_terminal_summary(terminalreporter):
    if report_of_calls.rows:
        report_of_calls.write(REPORT_FILE)
        terminalreporter.section("what the real clients were asked, and what came back")
        for line in report_of_calls.lines():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def report():
    """The table that is printed at the end of the run."""
    return report_of_calls


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server for the tests of one module."""
    with RoostServer(tmp_path_factory.mktemp("roost")) as running:
        yield running
        Api(running, running.administrator).destroy_all()


@pytest.fixture
def new_user(server):
    """Makes users that have no sessions yet; what they have at the end of the test is destroyed."""
    made = []

    def make():
        user = Api(server, server.add_user(f"user{next(user_numbers)}"))
        made.append(user)
        return user

    yield make
    if server.process.poll() is None:
        for user in made:
            user.destroy_all()


@pytest.fixture
def alice(new_user):
    """A user without sessions."""
    return new_user()


@pytest.fixture
def bob(new_user):
    """Another user without sessions."""
    return new_user()


@pytest.fixture
def nobody(server):
    """Somebody without a token."""
    return Api(server)


@pytest.fixture(params=["v0", "v1"])
def version(request):
    """Both dialects of the API."""
    return request.param


@pytest.fixture(params=["Session", "AsyncSession"])
def flavour(request):
    """Both kinds of client."""
    return request.param


@pytest.fixture
def skaha(server, alice, version, flavour, report):
    """Alice's session client of skaha 1.7.0."""
    client = clients.skaha_session(server, alice.credentials, version, flavour, report)
    yield client
    client.close()


@pytest.fixture
def canfar(server, alice, flavour, report):
    """Alice's session client of canfar 1.5.2."""
    client = clients.canfar_session(server, alice.credentials, "v1", flavour, report)
    yield client
    client.close()


@pytest.fixture
def canfar_command(server, alice, tmp_path, report):
    """Alice's `canfar` on the command line, told by the environment where the server is."""
    return Canfar(tmp_path / "home", report, CANFAR_URL=f"{server.url}/skaha/v1", CANFAR_TOKEN=alice.credentials.token)
