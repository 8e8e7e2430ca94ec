"""Every method of canfar 1.5.2's Session and AsyncSession."""

import logging
from dataclasses import replace

import httpx2
import pytest
from canfar.exceptions.session import SessionRequestError
from pydantic import ValidationError

from support import clients
from support.config import INTERACTIVE_LIMIT, NOTEBOOK, PYTHON, TERMINAL
from support.waiting import eventually


def create(canfar, script="print('hello')", **kwargs):
    return canfar.create(name="job", image=TERMINAL, kind="headless", cmd=PYTHON, args=f'-c "{script}"', **kwargs)


@pytest.fixture
def strict(server, alice, flavour, report):
    """Alice's client with the error policy `raise`."""
    client = clients.canfar_session(server, alice.credentials, "v1", flavour, report, errors="raise")
    yield client
    client.close()


def test_a_user_without_sessions_fetches_an_empty_list(canfar):
    assert canfar.fetch() == []


def test_create_returns_the_bare_id_of_a_session(canfar, alice):
    [session] = create(canfar)
    assert alice.ids() == {session}
    assert alice.info(session)["name"] == "job"


def test_create_makes_as_many_replicas_as_asked_each_with_its_number(canfar, alice):
    ids = create(canfar, "import os; print(os.environ['REPLICA_ID'], os.environ['REPLICA_COUNT'])", replicas=3)
    assert sorted(alice.finish(session).strip() for session in ids) == ["1 3", "2 3", "3 3"]


def test_create_passes_the_environment_to_the_session(canfar, alice):
    [session] = create(canfar, "import os; print(os.environ['GREETING'])", env={"GREETING": "a=b c"})
    assert alice.finish(session) == "a=b c\n"


def test_create_without_cores_and_memory_makes_a_flexible_session(canfar, alice):
    [session] = create(canfar)
    info = alice.info(session)
    assert info["isFixedResources"] is False
    assert "requestedCPUCores" not in info and "requestedRAM" not in info


def test_create_with_cores_memory_and_gpu_makes_a_fixed_session(canfar, alice):
    [session] = create(canfar, cores=2, ram=4, gpu=1)
    info = alice.info(session)
    assert (info["requestedCPUCores"], info["requestedRAM"], info["requestedGPUCores"]) == ("2", "4.29", "1")
    assert info["isFixedResources"] is True


@pytest.mark.parametrize("kind", ["notebook", "desktop", "carta", "contributed", "firefly"])
def test_create_starts_every_interactive_kind(canfar, alice, kind):
    image = NOTEBOOK if kind == "notebook" else f"skaha/{kind}"
    [session] = canfar.create(name="web", image=image, kind=kind)
    assert alice.wait(session, "Running")["type"] == kind


def test_create_completes_a_short_image_name(canfar, alice):
    [session] = canfar.create(name="job", image="skaha/terminal", kind="headless")
    assert alice.info(session)["image"] == "images.canfar.net/skaha/terminal:latest"


def test_a_refused_create_returns_no_id(canfar):
    assert canfar.create(name="job", image="skaha/nonesuch:1", kind="headless") == []


def test_a_refused_create_raises_if_the_program_wants_that(strict):
    with pytest.raises(SessionRequestError):
        strict.create(name="job", image="skaha/nonesuch:1", kind="headless")


def test_create_beyond_the_number_of_interactive_sessions_is_refused(canfar, alice):
    ids = [canfar.create(name="nb", image=NOTEBOOK, kind="notebook") for _ in range(INTERACTIVE_LIMIT + 1)]
    assert [len(each) for each in ids] == [1] * INTERACTIVE_LIMIT + [0]


def test_fetch_filters_by_kind_and_status(canfar, alice):
    job = alice.sleeper()
    notebook = alice.create(type="notebook", image=NOTEBOOK)
    alice.wait(notebook, "Running")
    assert [session["id"] for session in canfar.fetch(kind="notebook", status="Running")] == [notebook]
    assert [session["id"] for session in canfar.fetch(kind="headless", status="Running")] == [job]
    assert canfar.fetch(kind="headless", status="Pending") == []


@pytest.mark.parametrize(("program", "names"), [("/bin/true", ["Completed", "Succeeded"]),
                                                ("/bin/false", ["Failed", "Error"])])
def test_fetch_knows_both_words_for_an_ending(canfar, alice, program, names):
    session = alice.create(program)
    alice.wait(session, names[0])
    assert [[found["id"] for found in canfar.fetch(status=name)] for name in names] == [[session], [session]]


def test_stats_show_what_the_platform_has_and_what_is_taken(canfar, alice):
    alice.sleeper(cores=2, ram=1)
    stats = canfar.stats()
    assert stats["cores"]["cpuCoresAvailable"] == 16.0
    assert stats["cores"]["requestedCPUCores"] >= 2
    assert stats["ram"]["ramAvailable"].endswith("G")


def test_info_describes_each_session_that_exists_and_leaves_out_the_others(canfar, alice):
    one, two = alice.sleeper(name="one"), alice.sleeper(name="two")
    assert [session["id"] for session in canfar.info([one, "nosuchid", two])] == [one, two]


def test_info_of_a_missing_session_raises_if_the_program_wants_that(strict):
    with pytest.raises(SessionRequestError) as raised:
        strict.info(["nosuchid"])
    assert raised.value.errors["nosuchid"].response.status_code == 404


def test_info_has_every_field_as_the_type_that_canfar_expects(canfar, alice):
    [info] = canfar.info(alice.sleeper())
    words = ("id", "userid", "runAsUID", "runAsGID", "image", "type", "status", "name", "startTime", "expiryTime",
             "connectURL", "requestedGPUCores", "createTime", "phase")
    assert {word: type(info[word]) for word in words} == dict.fromkeys(words, str)
    assert info["startTime"].endswith("Z") and info["expiryTime"].endswith("Z")
    assert all(isinstance(group, int) for group in info["supplementalGroups"])


def test_info_of_a_finished_session_says_how_it_ended(canfar, alice):
    session = alice.create("/bin/sh", "-c", "exit 3")
    alice.wait(session, "Failed")
    [info] = canfar.info(session)
    assert info["exitCode"] == "3"
    assert info["endTime"].endswith("Z")
    assert "3" in info["reason"]


def test_logs_give_what_the_session_wrote(canfar, alice):
    session = alice.python("print('one'); print('two')")
    alice.finish(session)
    assert canfar.logs([session]) == {session: "one\ntwo\n"}


def test_verbose_logs_are_told_to_the_logger_instead_of_returned(canfar, alice, caplog):
    caplog.set_level(logging.INFO, logger="canfar.sessions")
    session = alice.python("print('seen by a person')")
    alice.finish(session)
    assert canfar.logs([session], verbose=True) is None
    assert "seen by a person" in caplog.text


def test_logs_of_an_unknown_session_are_left_out(canfar):
    assert canfar.logs(["nosuchid"]) == {}


def test_events_tell_the_story_of_a_session(canfar, alice):
    session = alice.create("/bin/true")
    alice.wait(session, "Completed")
    [events] = canfar.events(session)
    assert events[session].splitlines()[0].split()[0] == "TYPE"


def test_verbose_events_are_told_to_the_logger_instead_of_returned(canfar, alice, caplog):
    caplog.set_level(logging.INFO, logger="canfar.sessions")
    assert canfar.events([alice.sleeper()], verbose=True) is None
    assert "REASON" in caplog.text


def test_destroy_takes_sessions_off_the_list(canfar, alice):
    doomed, kept = alice.sleeper(), alice.sleeper()
    assert canfar.destroy([doomed, "nosuchid"]) == {doomed: True, "nosuchid": False}
    eventually(lambda: alice.ids() == {kept}, "the destroyed session to be gone")


def test_destroy_with_defaults_to_headless_sessions_that_completed(canfar, alice):
    done = alice.create("/bin/true", name="batch-1")
    alice.wait(done, "Completed")
    running = alice.sleeper(name="batch-2")
    assert canfar.destroy_with("batch", kind="headless") == {done: True}
    eventually(lambda: alice.ids() == {running}, "the pruned session to be gone")


def test_destroy_with_takes_a_regular_expression(canfar, alice):
    one, two, three = (alice.sleeper(name=f"step-{number}") for number in (1, 2, 3))
    assert canfar.destroy_with("^step-[12]$", kind="headless", status="Running") == {one: True, two: True}
    eventually(lambda: alice.ids() == {three}, "the matching sessions to be gone")


def test_renew_moves_the_end_of_a_running_session(canfar, alice):
    session = alice.sleeper()
    before = alice.info(session)["expiryTime"]
    assert canfar.renew([session]) == {session: True}
    assert alice.info(session)["expiryTime"] >= before


def test_renew_says_false_for_a_session_that_is_over(canfar, alice):
    session = alice.create("/bin/true")
    alice.wait(session, "Completed")
    assert canfar.renew(session) == {session: False}


def test_connect_opens_the_url_of_a_running_session(canfar, alice, monkeypatch):
    opened = []
    monkeypatch.setattr("canfar.sessions.open_new_tab", opened.append)
    notebook = alice.create(type="notebook", image=NOTEBOOK)
    url = alice.wait(notebook, "Running")["connectURL"]
    canfar.connect([notebook])
    assert opened == ([url] if url else [])


def test_a_wrong_token_is_an_error_that_the_program_sees(server, alice, flavour, report):
    stranger = clients.canfar_session(server, replace(alice.credentials, token="wrong"), "v1", flavour, report)
    with pytest.raises(httpx2.HTTPStatusError) as raised:
        stranger.fetch()
    stranger.close()
    assert raised.value.response.status_code == 401


def test_a_status_that_canfar_does_not_know_never_leaves_the_client(canfar):
    with pytest.raises(ValidationError):
        canfar.fetch(status="nonesuch")
