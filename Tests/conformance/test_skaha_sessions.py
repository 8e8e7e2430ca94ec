"""Every method of skaha 1.7.0's Session and AsyncSession, against both dialects."""

import logging

import pytest
from pydantic import ValidationError
from skaha.models import ContainerRegistry

from support import clients
from support.config import NOTEBOOK, PYTHON, TERMINAL
from support.waiting import eventually


def create(skaha, script="print('hello')", **kwargs):
    return skaha.create(name="job", image=TERMINAL, kind="headless", cmd=PYTHON, args=f'-c "{script}"', **kwargs)


@pytest.fixture
def finished_word(version):
    """The dialect's word for a session that ended well."""
    return {"v0": "Succeeded", "v1": "Completed"}[version]


@pytest.fixture
def told(caplog, capfd, monkeypatch):
    """What skaha has told its logger or the terminal so far."""
    logger = logging.getLogger("skaha.session")
    monkeypatch.setattr(logger, "propagate", True)
    caplog.set_level(logging.INFO, logger="skaha.session")

    def text():
        captured = capfd.readouterr()
        return caplog.text + captured.out + captured.err
    return text


def test_a_user_without_sessions_fetches_an_empty_list(skaha):
    assert skaha.fetch() == []


def test_create_returns_the_bare_id_of_a_session(skaha, alice):
    [session] = create(skaha)
    assert alice.ids() == {session}
    assert len(session) == 8 and session.isalnum() and session[0].isalpha()


def test_create_makes_as_many_replicas_as_asked_each_with_its_number(skaha, alice):
    ids = create(skaha, "import os; print(os.environ['REPLICA_ID'], os.environ['REPLICA_COUNT'])", replicas=3, cores=1,
                 ram=1)
    assert sorted(alice.finish(session).strip() for session in ids) == ["1 3", "2 3", "3 3"]
    assert sorted(alice.info(session)["name"] for session in ids) == ["job-1", "job-2", "job-3"]


def test_create_passes_the_environment_to_the_session(skaha, alice):
    [session] = create(skaha, "import os; print(os.environ['GREETING'])", env={"GREETING": "a=b c"})
    assert alice.finish(session) == "a=b c\n"


def test_create_reserves_the_cores_memory_and_gpus_that_were_asked_for(skaha, alice):
    [session] = create(skaha, cores=2, ram=4, gpu=1)
    info = alice.info(session)
    assert (info["requestedCPUCores"], info["requestedRAM"], info["requestedGPUCores"]) == ("2", "4.29", "1")
    assert info["isFixedResources"] is True


def test_create_starts_a_notebook(skaha, alice):
    [session] = skaha.create(name="nb", image=NOTEBOOK, kind="notebook", cores=1, ram=1)
    assert alice.wait(session, "Running")["type"] == "notebook"


def test_create_with_an_unknown_image_returns_no_id(skaha, alice):
    assert skaha.create(name="job", image="images.canfar.net/skaha/nonesuch:1", kind="headless") == []
    assert alice.ids() == set()


def test_create_accepts_credentials_for_a_registry(server, alice, version, flavour, report):
    registry = ContainerRegistry(url="images.canfar.net", username="alice", secret="secret")
    skaha = clients.skaha_session(server, alice.credentials, version, flavour, report, registry=registry)
    assert len(create(skaha)) == 1
    skaha.close()


def test_fetch_filters_by_kind(skaha, alice):
    job = alice.sleeper()
    notebook = alice.create(type="notebook", image=NOTEBOOK)
    assert [session["id"] for session in skaha.fetch(kind="headless")] == [job]
    assert [session["id"] for session in skaha.fetch(kind="notebook")] == [notebook]


def test_fetch_filters_by_status(skaha, alice):
    running = alice.sleeper()
    done = alice.create("/bin/true")
    alice.wait(done, "Completed")
    assert [session["id"] for session in skaha.fetch(status="Running")] == [running]
    assert [session["id"] for session in skaha.fetch(status="Succeeded")] == [done]


def test_fetch_finds_failed_sessions_under_error(skaha, alice):
    failed = alice.create("/bin/false")
    alice.wait(failed, "Failed")
    assert [session["id"] for session in skaha.fetch(status="Error")] == [failed]


def test_fetch_with_view_all_shows_four_fields_of_everybodys_sessions(skaha, alice, bob):
    alice.sleeper()
    bob.sleeper()
    listed = skaha.fetch(view="all")
    assert {alice.credentials.user, bob.credentials.user} <= {session["userid"] for session in listed}
    assert all(set(session) == {"userid", "type", "status", "startTime"} for session in listed)


def test_stats_show_what_the_platform_has_and_what_is_taken(skaha, alice, version):
    alice.sleeper(cores=2, ram=1)
    stats = skaha.stats()
    assert stats["cores"]["cpuCoresAvailable"] == 16.0
    assert stats["cores"]["requestedCPUCores"] >= 2
    assert stats["ram"]["ramAvailable"].endswith("G")
    assert ("instances" in stats) == (version == "v0")


def test_info_describes_each_session_that_exists_and_leaves_out_the_others(skaha, alice):
    one, two = alice.sleeper(name="one"), alice.sleeper(name="two")
    described = skaha.info([one, "nosuchid", two])
    assert [(session["id"], session["name"]) for session in described] == [(one, "one"), (two, "two")]


def test_info_takes_a_single_id(skaha, alice):
    session = alice.sleeper()
    assert [description["id"] for description in skaha.info(session)] == [session]


def test_info_uses_the_words_of_the_dialect(skaha, alice, version, finished_word):
    session = alice.create("/bin/true", cores=1, ram=4)
    alice.wait(session, "Completed")
    [description] = skaha.info(session)
    assert description["status"] == finished_word
    assert description["connectURL"] == {"v0": "not-applicable", "v1": ""}[version]
    assert description["requestedRAM"] == {"v0": "4G", "v1": "4.29"}[version]
    assert description.get("appid") == {"v0": "<none>", "v1": None}[version]


def test_logs_give_what_the_session_wrote(skaha, alice):
    session = alice.python("print('to stdout'); import sys; print('to stderr', file=sys.stderr)")
    alice.finish(session)
    [(owner, text)] = skaha.logs([session]).items()
    assert owner == session
    assert sorted(text.splitlines()) == ["to stderr", "to stdout"]


def test_logs_keep_characters_of_every_script(skaha, alice):
    session = alice.python("import sys; sys.stdout.buffer.write('é ☃ 日本\\n'.encode())")
    alice.finish(session)
    assert skaha.logs(session) == {session: "é ☃ 日本\n"}


def test_verbose_logs_are_told_to_the_logger_instead_of_returned(skaha, alice, told):
    session = alice.python("print('seen by a person')")
    alice.finish(session)
    assert skaha.logs([session], verbose=True) is None
    assert "seen by a person" in told()


def test_logs_of_an_unknown_session_are_left_out(skaha):
    assert skaha.logs(["nosuchid"]) == {}


def test_events_tell_the_story_of_a_session(skaha, alice):
    session = alice.create("/bin/true")
    alice.wait(session, "Completed")
    [events] = skaha.events([session])
    assert list(events) == [session]
    header, *lines = events[session].splitlines()
    assert header.split() == ["TYPE", "REASON", "MESSAGE", "FIRST-TIME", "LAST-TIME"]
    assert len(lines) >= 2


def test_verbose_events_are_told_to_the_logger_instead_of_returned(skaha, alice, told):
    session = alice.sleeper()
    assert skaha.events([session], verbose=True) is None
    assert "REASON" in told()


def test_destroy_takes_sessions_off_the_list(skaha, alice):
    doomed, kept = alice.sleeper(), alice.sleeper()
    assert skaha.destroy([doomed]) == {doomed: True}
    eventually(lambda: alice.ids() == {kept}, "the destroyed session to be gone")


def test_destroy_says_false_for_what_does_not_exist(skaha):
    assert skaha.destroy("nosuchid") == {"nosuchid": False}


def test_destroy_with_defaults_to_headless_sessions_that_succeeded(skaha, alice):
    done = alice.create("/bin/true", name="batch-1")
    alice.wait(done, "Completed")
    other = alice.create("/bin/true", name="other")
    alice.wait(other, "Completed")
    running = alice.sleeper(name="batch-2")
    assert skaha.destroy_with(prefix="batch") == {done: True}
    eventually(lambda: alice.ids() == {other, running}, "the pruned session to be gone")


def test_destroy_with_takes_kind_and_status(skaha, alice):
    notebook = alice.create(type="notebook", image=NOTEBOOK, name="nb")
    alice.wait(notebook, "Running")
    job = alice.sleeper(name="nb")
    assert skaha.destroy_with(prefix="nb", kind="notebook", status="Running") == {notebook: True}
    eventually(lambda: alice.ids() == {job}, "the notebook to be gone")


def test_destroy_with_finds_names_in_the_case_they_were_given(skaha, alice):
    session = alice.sleeper(name="MixedCase")
    assert skaha.destroy_with(prefix="MixedC", status="Running") == {session: True}


def test_a_kind_that_skaha_does_not_know_never_leaves_the_client(skaha):
    with pytest.raises(ValidationError):
        skaha.fetch(kind="nonesuch")
