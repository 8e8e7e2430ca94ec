"""The server ends in every way, and starts again: nothing is lost, nothing runs twice."""

import os
import signal

import pytest

from support.api import Api
from support.processes import processes, wait_for_no_process, wait_for_process
from support.server import RoostServer
from support.waiting import eventually

TICKS = "import itertools, time\nfor n in itertools.count(): print(n, flush=True); time.sleep(0.05)"


@pytest.fixture
def server(tmp_path):
    """A server of the test's own, since the test ends it."""
    with RoostServer(tmp_path) as running:
        yield running


def lines(api, session):
    return api.logs(session).splitlines()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
def test_running_sessions_go_on_without_the_server_and_with_the_next(server, alice, end):
    session = alice.create("/bin/sleep", "86411")
    process = wait_for_process("86411")
    alice.wait(session, "Running")
    before = alice.info(session)
    server.signal(end)
    assert processes("86411") == [process]
    server.start()
    assert processes("86411") == [process]
    after = alice.info(session)
    assert (after["status"], after["startTime"]) == ("Running", before["startTime"])
    assert alice.ids() == {session}


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
def test_the_server_ends_in_good_order_when_asked(server, end):
    assert server.signal(end) == 0


def test_standard_output_is_exactly_the_ready_line(server, alice):
    alice.finish(alice.create("/bin/true"))
    server.stop()
    assert server.stdout.read_text() == f"ready {server.url}\n"


def test_a_log_is_continued_and_has_no_gap(server, alice):
    session = alice.python(TICKS)
    eventually(lambda: len(lines(alice, session)) > 3, "some lines of the log")
    server.kill()
    server.start()
    seen = len(lines(alice, session))
    eventually(lambda: len(lines(alice, session)) > seen + 3, "more lines of the log")
    written = lines(alice, session)
    assert written == [str(number) for number in range(len(written))]


@pytest.mark.parametrize("code", [0, 3])
def test_a_session_that_ended_meanwhile_has_its_outcome(server, alice, code):
    session = alice.create("/bin/sh", "-c", f"echo bye; /bin/sleep 2.0{code}; exit {code}")
    wait_for_process(f"2.0{code}")
    server.kill()
    wait_for_no_process(f"2.0{code}")
    server.start()
    info = alice.wait(session, "Failed" if code else "Completed")
    assert info["exitCode"] == str(code)
    assert alice.logs(session) == "bye\n"


def test_a_session_that_was_killed_meanwhile_has_its_outcome(server, alice):
    session = alice.create("/bin/sleep", "86412")
    process = wait_for_process("86412")
    alice.wait(session, "Running")
    server.kill()
    os.kill(process, signal.SIGKILL)
    wait_for_no_process("86412")
    server.start()
    info = alice.wait(session, "Failed")
    assert info["exitCode"] == "137"


def test_waiting_sessions_are_still_waiting_and_start_later(server, alice):
    running = alice.sleeper(cores=16, ram=1)
    waiting = [alice.create("/bin/true", cores=16, ram=1) for _ in range(3)]
    server.kill()
    server.start()
    assert [alice.info(session)["status"] for session in waiting] == ["Pending"] * 3
    alice.delete(f"/session/{running}")
    for session in waiting:
        alice.wait(session, "Completed")


def test_a_session_that_was_acknowledged_survives_a_kill_at_once(server, alice):
    ids = [alice.create("/bin/sh", "-c", 'echo once >> "$HOME/runs"') for _ in range(10)]
    server.kill()
    server.start()
    for session in ids:
        alice.wait(session, "Completed")
    assert alice.finish(alice.create("/bin/sh", "-c", 'cat "$HOME/runs"')) == "once\n" * 10


def test_a_running_session_can_be_destroyed_by_the_next_server(server, alice):
    session = alice.create("/bin/sleep", "86413")
    wait_for_process("86413")
    server.kill()
    server.start()
    alice.delete(f"/session/{session}")
    wait_for_no_process("86413")


def test_slots_of_sessions_that_run_on_stay_taken(server, alice):
    alice.sleeper(cores=16, ram=1)
    server.kill()
    server.start()
    waiting = alice.create("/bin/true", cores=1, ram=1)
    eventually(lambda: "core" in alice.events(waiting).lower(), "a reason to wait")
    assert alice.info(waiting)["status"] == "Pending"


def test_users_and_finished_sessions_are_kept(server, alice):
    session = alice.python("print('kept')")
    alice.finish(session)
    events = alice.events(session)
    server.kill()
    server.start()
    assert alice.ids() == {session}
    assert alice.logs(session) == "kept\n"
    assert alice.events(session) == events


def test_the_administrators_credentials_stay_the_same(server):
    before = server.administrator.token
    server.stop()
    server.start()
    assert server.administrator.token == before


def test_a_user_that_was_added_without_a_server_is_known_to_the_next(server):
    server.stop()
    credentials = server.add_user("later")
    server.start()
    assert Api(server, credentials).sessions() == []


def test_credentials_are_readable_by_their_owner_only(server):
    assert (server.data / "credentials.json").stat().st_mode & 0o777 == 0o600
    assert server.administrator.url == server.url
