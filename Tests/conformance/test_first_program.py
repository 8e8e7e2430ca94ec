"""The example of the Swift client library, against a live server."""

import os
import subprocess

from support.server import BINARY

PROGRAM = BINARY.with_name("first-program")


def test_the_first_program_runs_a_session(server, alice, report):
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "ROOST_URL": f"{server.url}",
                   "ROOST_TOKEN": alice.credentials.token}
    result = subprocess.run([str(PROGRAM)], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                            timeout=120, check=False)
    report.add("Swift library", "first-program", result.stdout or result.stderr)
    assert result.returncode == 0, result.stderr
    assert result.stdout
