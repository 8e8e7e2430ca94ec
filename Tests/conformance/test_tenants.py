"""What users and their sessions can see of each other and of the server."""

import ast
import os

import pytest

from support.config import PYTHON
from support.processes import wait_for_process
from support.waiting import eventually


@pytest.mark.parametrize("view", [None, "logs", "events", "event"])
def test_anothers_session_reads_exactly_like_one_that_does_not_exist(alice, bob, view):
    session = alice.sleeper()
    parameters = {"view": view} if view else {}
    theirs = bob.get(f"/session/{session}", **parameters)
    missing = bob.get("/session/zzzzzzzz", **parameters)
    assert theirs.status == missing.status == 404
    assert theirs.text == missing.text.replace("zzzzzzzz", session)


def test_destroying_anothers_session_does_nothing(alice, bob):
    session = alice.sleeper()
    theirs = bob.delete(f"/session/{session}")
    missing = bob.delete("/session/zzzzzzzz")
    assert (theirs.status, theirs.text) == (missing.status, missing.text.replace("zzzzzzzz", session))
    assert alice.info(session)["status"] == "Running"


def test_renewing_anothers_session_reads_like_one_that_does_not_exist(alice, bob):
    session = alice.sleeper()
    theirs = bob.post(f"/session/{session}", {"action": "renew"})
    missing = bob.post("/session/zzzzzzzz", {"action": "renew"})
    assert (theirs.status, theirs.text) == (missing.status, missing.text.replace("zzzzzzzz", session))


def test_lists_show_only_ones_own_sessions(alice, bob):
    mine, theirs = alice.sleeper(), bob.sleeper()
    assert alice.ids() == {mine}
    assert bob.ids() == {theirs}


def test_view_all_shows_four_public_fields_of_everybody(alice, bob):
    alice.sleeper()
    listed = bob.sessions(view="all")
    assert alice.credentials.user in {session["userid"] for session in listed}
    assert {frozenset(session) for session in listed} <= {
        frozenset({"userid", "type", "status", "startTime"}), frozenset({"userid", "type", "status"})}


def test_view_interactive_leaves_out_headless_sessions(alice):
    alice.sleeper()
    assert alice.sessions(view="interactive") == []


def test_the_home_directory_persists_between_sessions(alice):
    alice.finish(alice.create("/bin/sh", "-c", 'echo remembered > "$HOME/note"'))
    assert alice.finish(alice.create("/bin/sh", "-c", 'cat "$HOME/note"')) == "remembered\n"


def test_a_session_starts_in_its_home_directory(alice):
    assert alice.finish(alice.create("/bin/sh", "-c", '[ "$(pwd -P)" = "$(cd "$HOME" && pwd -P)" ] && echo home')) \
        == "home\n"


def test_a_home_directory_is_not_open_to_others(alice, bob):
    alice.finish(alice.create("/bin/sh", "-c", 'echo secret > "$HOME/note"; chmod 777 "$HOME" "$HOME/note"'))
    home = alice.finish(alice.create("/bin/sh", "-c", 'echo "$HOME"')).strip()
    log = bob.finish(bob.create("/bin/sh", "-c", f"cat {home}/note; find / -name note -path '*home*' 2>/dev/null"))
    assert "secret" not in log


def test_a_session_runs_as_an_unprivileged_user_of_its_owner(alice, bob):
    numbers = {}
    for user in (alice, bob):
        session = user.create("id", "-u")
        numbers[user] = user.finish(session).strip()
        assert numbers[user] == user.info(session)["runAsUID"]
    assert "0" not in numbers.values()
    if os.geteuid() == 0:
        assert numbers[alice] != numbers[bob]


def test_a_session_has_no_capabilities_and_cannot_gain_any(alice):
    log = alice.finish(alice.create("grep", "-E", "^(CapPrm|CapEff|NoNewPrivs)", "/proc/self/status"))
    assert dict(line.split() for line in log.splitlines()) == {
        "CapPrm:": "0" * 16, "CapEff:": "0" * 16, "NoNewPrivs:": "1"}


def test_a_session_cannot_write_to_the_hosts_files(alice):
    places = ["/", "/etc", "/usr", "/usr/bin", "/var", "/var/tmp", "/opt", "/tmp", "/run", "/dev/shm", "/home", "/root"]
    name = "roost-was-here"
    alice.finish(alice.create("/bin/sh", "-c", f"for d in {' '.join(places)}; do touch $d/{name}; done"))
    assert [place for place in places if os.path.exists(f"{place}/{name}")] == []


@pytest.mark.parametrize("file", ["/etc/passwd", "/usr/bin/env", "/etc/hosts"])
def test_a_session_cannot_change_the_hosts_files(alice, file):
    assert alice.finish(alice.create("/bin/sh", "-c", f"[ -w {file} ] && echo writable; echo done")) == "done\n"


def test_a_session_cannot_read_the_servers_data(server, alice):
    log = alice.finish(alice.create("/bin/sh", "-c", f"cat {server.data}/credentials.json; ls -A {server.data}; :"))
    assert server.administrator.token not in log
    assert "sqlite" not in log


def test_a_session_sees_only_its_own_processes(alice, bob):
    bob.create("/bin/sleep", "86404")
    wait_for_process("86404")
    script = "import glob; print([open(p, 'rb').read() for p in glob.glob('/proc/[0-9]*/cmdline')])"
    seen = ast.literal_eval(alice.finish(alice.python(script)))
    assert not any(b"86404" in line for line in seen)
    assert len(seen) < 6


def test_sessions_have_a_temporary_directory_each(alice):
    script = "touch /tmp/mine; sleep 86400"
    session = alice.create("/bin/sh", "-c", script)
    alice.wait(session, "Running")
    assert alice.finish(alice.create("ls", "-A", "/tmp")) == ""


def test_a_session_cannot_reach_the_servers_port(server, alice):
    port = server.url.rsplit(":", 1)[1]
    script = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {port})) != 0)"
    assert alice.finish(alice.python(script)) == "True\n"


def test_the_host_name_of_a_session_is_its_name(alice):
    assert alice.finish(alice.create("hostname", name="My-Host")).strip().lower() == "my-host"


def test_no_secret_is_on_the_command_line_of_a_process(alice):
    secret = "s3cr3t-value-of-a-variable"
    session = alice.create("/bin/sleep", "86405", environment={"PASSWORD": secret})
    wait_for_process("86405")
    lines = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as file:
                    lines.append(file.read())
            except OSError:
                continue
    assert not any(secret.encode() in line for line in lines)
    assert alice.info(session)["status"] == "Running"


def test_secrets_never_show_in_the_servers_log(server, alice):
    alice.sleeper(environment={"PASSWORD": "another-s3cr3t"})
    alice.request("GET", "/skaha/v1/session", headers={"Authorization": "Bearer wrong-but-s3cr3t"})
    eventually(lambda: server.errors(), "the server's log")
    for secret in (alice.credentials.token, alice.credentials.secretKey, "another-s3cr3t", "wrong-but-s3cr3t"):
        assert secret not in server.errors()


def test_python_is_where_the_tests_expect_it():
    assert os.access(PYTHON, os.X_OK)
