"""Every `canfar` command that talks to a server, as a person types it."""

import json

import pytest

from support.config import NOTEBOOK, PYTHON, TERMINAL
from support.waiting import eventually


@pytest.fixture
def canfar(canfar_command):
    return canfar_command


def created(output):
    return json.loads(output)


def test_create_says_the_name_and_the_id(canfar, alice):
    said = canfar("create", "headless", "skaha/terminal:1.1.2", "--name", "hello", "--", PYTHON, "-c", "print(1)")
    [session] = alice.ids()
    assert "Successfully created session 'hello'" in said and session in said
    assert alice.finish(session) == "1\n"


def test_create_takes_cores_memory_gpu_and_environment(canfar, alice):
    [session] = created(canfar(
        "create", "headless", TERMINAL, "-n", "big", "--cpu", "2", "--memory", "4", "--gpu", "1", "--env", "A=1",
        "--env", "B=x=y", "-o", "json", "--", "env"))
    info = alice.wait(session, "Completed")
    assert (info["requestedCPUCores"], info["requestedRAM"], info["requestedGPUCores"]) == ("2", "4.29", "1")
    assert {"A=1", "B=x=y"} <= set(alice.logs(session).splitlines())


def test_create_makes_replicas(canfar, alice):
    ids = created(canfar("create", "headless", TERMINAL, "-n", "many", "-r", "3", "-o", "json", "--", "true"))
    assert sorted(alice.info(session)["name"] for session in ids) == ["many-1", "many-2", "many-3"]


def test_create_without_a_command_runs_what_the_image_starts(canfar, alice):
    [session] = created(canfar("create", "headless", TERMINAL, "-n", "bare", "-o", "json"))
    assert alice.wait(session, "Completed")["exitCode"] == "0"


def test_create_starts_a_notebook(canfar, alice):
    canfar("create", "notebook", "skaha/base-notebook", "-n", "nb")
    [session] = alice.ids(type="notebook")
    alice.wait(session, "Running")


def test_create_with_an_unknown_image_fails(canfar, alice):
    canfar("create", "headless", "skaha/nonesuch", "-n", "no", expect=1)
    assert alice.ids() == set()


def test_a_dry_run_creates_nothing(canfar, alice):
    canfar("create", "headless", TERMINAL, "-n", "dry", "--dry-run")
    assert alice.ids() == set()


def test_ps_shows_what_waits_or_runs(canfar, alice):
    running = alice.sleeper(name="shown")
    done = alice.create("/bin/true", name="hidden")
    alice.wait(done, "Completed")
    table = canfar("ps")
    assert running in table and "shown" in table
    assert done not in table


def test_ps_all_shows_what_is_over_too(canfar, alice):
    done = alice.create("/bin/true")
    alice.wait(done, "Completed")
    assert done in canfar("ps", "-a")


def test_ps_quiet_prints_only_ids(canfar, alice):
    session = alice.sleeper()
    assert canfar("ps", "-q").split()[-1] == session


def test_ps_filters_by_kind_and_status(canfar, alice):
    done = alice.create("/bin/true")
    alice.wait(done, "Completed")
    running = alice.sleeper()
    listed = json.loads(canfar("ps", "-a", "-k", "headless", "-s", "Completed", "-o", "json"))
    assert [session["id"] for session in listed] == [done]
    listed = json.loads(canfar("ps", "-k", "headless", "-s", "Running", "-o", "json"))
    assert [session["id"] for session in listed] == [running]


def test_ps_shows_sessions_of_every_state_without_a_complaint(canfar, alice):
    alice.sleeper(cores=1, ram=1)
    alice.create(type="notebook", image=NOTEBOOK)
    alice.wait(alice.create("/bin/true"), "Completed")
    alice.wait(alice.create("/bin/false"), "Failed")
    assert "Error" not in canfar("ps", "-a", "--debug")
    assert len(json.loads(canfar("ps", "-a", "-o", "json"))) == 4


def test_info_shows_the_resources_in_use(canfar, alice):
    session = alice.sleeper(name="looked-at", cores=2, ram=4)
    shown = canfar("info", session)
    assert "looked-at" in shown and "Running" in shown
    assert "of 2 core(s)" in shown and "of 4.29 GB" in shown


def test_info_of_a_missing_session_says_so(canfar):
    canfar("info", "nosuchid")
    assert "No information found" in canfar.complaint


def test_logs_show_what_the_session_wrote(canfar, alice):
    session = alice.python("print('a line of the log')")
    alice.finish(session)
    assert "a line of the log" in canfar("logs", session)


def test_events_show_every_line_of_the_story(canfar, alice):
    session = alice.create("/bin/true")
    alice.wait(session, "Completed")
    shown = canfar("events", session)
    reasons = [line.split()[1] for line in alice.events(session).splitlines()[1:]]
    assert reasons and all(reason in shown for reason in reasons)


def test_events_of_several_sessions_are_shown_together(canfar, alice):
    one, two = alice.sleeper(), alice.sleeper()
    shown = canfar("events", one, two)
    assert one in shown and two in shown


def test_stats_show_the_load(canfar, alice):
    alice.sleeper(cores=2, ram=1)
    shown = canfar("stats")
    assert "CPU" in shown and "16" in shown


def test_renew_succeeds_for_a_running_session(canfar, alice):
    assert "Successfully renewed 1 session" in canfar("renew", alice.sleeper())


def test_open_hands_the_url_of_a_running_session_to_the_browser(canfar, alice):
    session = alice.create(type="notebook", image=NOTEBOOK)
    url = alice.wait(session, "Running")["connectURL"]
    canfar("open", session)
    assert (canfar.opened.read_text().split() if canfar.opened.exists() else []) == ([url] if url else [])


def test_delete_takes_sessions_off_the_list(canfar, alice):
    one, two = alice.sleeper(), alice.sleeper()
    assert f"{{'{one}': True}}" in canfar("delete", "-f", one)
    eventually(lambda: alice.ids() == {two}, "the deleted session to be gone")


def test_delete_of_a_missing_session_says_false(canfar):
    assert "{'nosuchid': False}" in canfar("delete", "-f", "nosuchid")


def test_prune_by_default_deletes_what_succeeded(canfar, alice):
    done = alice.create("/bin/true", name="batch")
    alice.wait(done, "Completed")
    running = alice.sleeper(name="batch")
    assert "Deleted 1 sessions" in canfar("prune", "batch")
    eventually(lambda: alice.ids() == {running}, "the pruned session to be gone")


def test_prune_takes_a_pattern_a_kind_and_a_status(canfar, alice):
    alice.sleeper(name="step-1")
    alice.sleeper(name="step-2")
    kept = alice.sleeper(name="other")
    assert "Deleted 2 sessions" in canfar("prune", "^step-.", "headless", "Running")
    eventually(lambda: alice.ids() == {kept}, "the pruned sessions to be gone")


def test_image_ls_lists_the_catalogue(canfar):
    shown = canfar("image", "ls")
    assert "skaha/terminal:1.1.2" in shown and "skaha/base-notebook:latest" in shown


def test_image_ls_filters_by_kind(canfar):
    shown = canfar("image", "ls", "-k", "notebook")
    assert "skaha/base-notebook:latest" in shown and "skaha/terminal" not in shown


def test_a_wrong_token_makes_ps_fail(canfar):
    canfar.environment["CANFAR_TOKEN"] = "wrong"
    canfar("ps", expect=1)
