"""A session's way from its creation to long after its end, as events, logs and the session object tell it."""

import re

import pytest

from support.config import NOTEBOOK, TERMINAL
from support.processes import wait_for_no_process, wait_for_process
from support.waiting import eventually


def rows(events):
    """The lines of the events table, each split as canfar splits it."""
    header, *lines = events.splitlines()
    assert header.split() == ["TYPE", "REASON", "MESSAGE", "FIRST-TIME", "LAST-TIME"]
    return [re.split(r"\s{2,}", line.strip()) for line in lines]


@pytest.mark.parametrize("state", ["Pending", "Running", "Completed", "Failed", "destroyed"])
def test_events_answer_in_every_state_with_five_columns(alice, state):
    match state:
        case "Pending":
            alice.sleeper(cores=16, ram=1)
            session = alice.create("/bin/true", cores=16, ram=1)
        case "Running" | "destroyed":
            session = alice.sleeper()
        case "Completed":
            session = alice.create("/bin/true")
        case "Failed":
            session = alice.create("/bin/false")
    if state == "destroyed":
        alice.delete(f"/session/{session}")
        eventually(lambda: session not in alice.ids(), "the session to be gone")
    else:
        alice.wait(session, state)
    lines = rows(alice.events(session))
    assert lines and all(len(line) == 5 for line in lines)


def test_a_waiting_session_says_what_it_waits_for(alice):
    alice.sleeper(cores=16, ram=1)
    waiting = alice.create("/bin/true", cores=16, ram=1)
    eventually(lambda: "16" in alice.events(waiting) and "core" in alice.events(waiting).lower(),
               "events that name the missing cores")
    assert alice.info(waiting)["status"] == "Pending"
    assert "startTime" not in alice.info(waiting)


def test_the_log_of_a_waiting_session_says_what_it_waits_for(alice):
    alice.sleeper(cores=16, ram=1)
    waiting = alice.create("/bin/true", cores=16, ram=1)
    assert "core" in eventually(lambda: alice.logs(waiting), "a reason in the log").lower()


def test_a_waiting_session_starts_when_there_is_room(alice):
    first = alice.sleeper(cores=16, ram=1)
    waiting = alice.create("/bin/true", cores=16, ram=1)
    alice.delete(f"/session/{first}")
    alice.wait(waiting, "Completed")


def test_a_waiting_session_can_be_destroyed(alice):
    first = alice.sleeper(cores=16, ram=1)
    waiting = alice.create("/bin/true", cores=16, ram=1)
    assert alice.delete(f"/session/{waiting}").status == 200
    eventually(lambda: alice.ids() == {first}, "the waiting session to be gone")


@pytest.mark.parametrize("code", [0, 1, 42, 255])
def test_the_exit_code_is_kept(alice, code):
    session = alice.create("/bin/sh", "-c", f"exit {code}")
    info = alice.wait(session, "Failed" if code else "Completed")
    assert info["exitCode"] == str(code)
    assert info["endTime"] >= info["startTime"] >= info["createTime"]


def test_death_by_a_signal_is_told_as_such(alice):
    session = alice.create("/bin/sh", "-c", "kill -SEGV $$")
    info = alice.wait(session, "Failed")
    assert info["exitCode"] == str(128 + 11)
    assert "11" in info["reason"] or "SEGV" in info["reason"].upper()


def test_using_too_much_memory_is_told_as_such(alice):
    session = alice.python("x = bytearray(3 << 30); print(len(x))", cores=1, ram=1)
    info = alice.wait(session, "Failed")
    assert "memory" in info["reason"].lower()


def test_a_program_that_does_not_exist_fails_with_its_name(alice):
    session = alice.create("/no/such/program")
    info = alice.wait(session, "Failed")
    assert "/no/such/program" in info["reason"] + alice.logs(session)


def test_a_finished_session_stays_in_the_list_with_log_and_events(alice):
    session = alice.python("print('kept')")
    assert alice.finish(session) == "kept\n"
    assert session in alice.ids()
    assert rows(alice.events(session))


def test_a_destroyed_session_can_still_be_asked_for_by_its_id(alice):
    session = alice.python("print('kept', flush=True); import time; time.sleep(86400)")
    eventually(lambda: alice.logs(session) == "kept\n", "the log")
    assert alice.delete(f"/session/{session}").status == 200
    eventually(lambda: session not in alice.ids(), "the session to be gone")
    info = alice.wait(session, "Failed", "Completed")
    assert alice.credentials.user in info["reason"]
    assert alice.logs(session) == "kept\n"


def test_destroying_leaves_no_process_behind(alice):
    session = alice.create("/bin/sh", "-c", "trap '' TERM; /bin/sleep 86401 & /bin/sleep 86401 & wait; wait; wait")
    alice.wait(session, "Running")
    eventually(lambda: alice.info(session)["status"] == "Running", "the session to run")
    alice.delete(f"/session/{session}")
    wait_for_no_process("86401")


def test_a_destroyed_program_is_first_asked_to_end(alice):
    script = "import signal, sys, time\nsignal.signal(15, lambda *_: (print('asked', flush=True), sys.exit(0)))\n"
    session = alice.python(script + "print('ready', flush=True)\ntime.sleep(86400)")
    eventually(lambda: alice.logs(session) == "ready\n", "the program to be ready")
    alice.delete(f"/session/{session}")
    eventually(lambda: alice.logs(session) == "ready\nasked\n", "the program to have been asked")


def test_a_process_outlives_none_of_its_sessions(alice):
    session = alice.create("/bin/sh", "-c", "setsid /bin/sleep 86402 & exit 0")
    alice.wait(session, "Completed")
    wait_for_no_process("86402")


def test_a_running_session_shows_what_it_uses(alice):
    session = alice.python("x = bytearray(200 << 20)\nwhile True: pass", cores=1, ram=1)
    alice.wait(session, "Running")

    def used():
        info = alice.info(session)
        return float(info.get("cpuCoresInUse", 0)) > 0.1 and float(info.get("ramInUse", 0)) > 0.1

    eventually(used, "the use of processor and memory to show")


def test_a_notebook_runs_once_its_port_answers(alice):
    session = alice.create(type="notebook", image=NOTEBOOK)
    assert "exitCode" not in alice.wait(session, "Running")


def test_command_and_environment_of_an_interactive_session_are_ignored(alice):
    answer = alice.post("/session", [
        ("name", "nb"), ("image", NOTEBOOK), ("type", "notebook"), ("cmd", "/bin/false"), ("args", "x"),
        ("env", "REPLICA_ID=1"), ("env", "REPLICA_COUNT=1")])
    alice.wait(answer.line, "Running")


def test_two_sessions_may_have_one_name(alice):
    one, two = alice.sleeper(name="twin"), alice.sleeper(name="twin")
    assert alice.ids() == {one, two}


def test_a_session_that_ends_as_it_starts_is_not_lost(alice):
    ids = [alice.create("/bin/true") for _ in range(20)]
    for session in ids:
        assert alice.wait(session, "Completed")["exitCode"] == "0"


def test_type_defaults_to_headless(alice):
    answer = alice.post("/session", {"name": "plain", "image": TERMINAL})
    assert alice.info(answer.line)["type"] == "headless"


def test_a_running_process_is_seen_from_outside(alice):
    session = alice.create("/bin/sleep", "86403")
    alice.wait(session, "Running")
    assert wait_for_process("86403")
