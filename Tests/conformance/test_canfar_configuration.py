"""`canfar` with a saved configuration, as after a login."""

import json

import pytest

from support.cli import Canfar
from support.config import TERMINAL
from support.storage import storage_service

CONFIGURATION = """\
version: 2
active: {{authentication: cadc, server: canfar}}
authentication:
  cadc:
    mode: oidc
    token: {{access: {token}}}
    expiry: {{access: 4102444800}}
servers:
  canfar:
    idp: cadc
    uri: ivo://cadc.nrc.ca/skaha
    url: {url}/skaha
    version: {version}
    auths: [oidc]
    storage:
      canfar: {{uri: "ivo://cadc.nrc.ca/arc", url: "{storage}"}}
"""


@pytest.fixture
def canfar(server, alice, tmp_path, report):
    """Alice's `canfar` with nothing but a configuration file."""
    with storage_service() as storage:
        command = Canfar(tmp_path / "home", report)
        command.save_configuration(CONFIGURATION.format(
            token=alice.credentials.token, url=server.url, version="v1", storage=storage))
        yield command


def test_ps_uses_the_saved_token_and_server(canfar, alice):
    assert alice.sleeper() in canfar("ps")


def test_create_uses_the_saved_token_and_server(canfar, alice):
    canfar("create", "headless", TERMINAL, "-n", "saved", "--", "true")
    assert len(alice.ids()) == 1


def test_server_use_reads_the_capabilities_of_server_and_storage(canfar):
    assert "Active server set to canfar" in canfar("server", "use", "canfar")


def test_server_use_saves_the_limits_that_the_context_offers(canfar):
    canfar("server", "use", "canfar")
    [saved] = json.loads(canfar("server", "ls", "-o", "json"))
    assert saved["version"] == "v1"
    assert saved["resources"]["fixed"]["cores"] == {"min": 1, "max": 16}
    assert saved["resources"]["gpus"]["max"] == 2


def test_after_server_use_sessions_can_be_created(canfar, alice):
    canfar("server", "use", "canfar")
    canfar("create", "headless", TERMINAL, "-n", "after", "--cpu", "2", "--memory", "4", "--", "true")
    assert len(alice.ids()) == 1


def test_create_beyond_the_saved_limits_never_leaves_the_client(canfar, alice):
    canfar("server", "use", "canfar")
    canfar("create", "headless", TERMINAL, "-n", "huge", "--cpu", "200", "--", "true", expect=2)
    assert alice.ids() == set()
