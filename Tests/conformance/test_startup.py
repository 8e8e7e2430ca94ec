"""A server that cannot start says why in one sentence, and damages nothing."""

import json
import os
import signal
import socket
import sqlite3
import subprocess

import pytest

from support.api import Api
from support.server import BINARY, RoostServer
from support.waiting import eventually

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount or to give files away")
not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="needs a user whom permissions bind")


def refusal(*arguments, within=()):
    """Runs `roost serve`, as an argument of the command `within`, which must fail by itself; returns what it says."""
    result = subprocess.run(
        [*within, str(BINARY), "serve", *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=20, check=False)
    assert result.returncode > 0, f"exit status {result.returncode}: {result.stdout}{result.stderr}"
    assert result.stdout == ""
    assert "fatal error" not in result.stderr.lower() and "stack" not in result.stderr.lower()
    return sentence(result.stderr)


def sentence(errors):
    """What was written to stderr for a person: one line, which may be the last of a log in JSON."""
    lines = errors.strip().splitlines()
    log = [line for line in lines if line.startswith("{")]
    if len(log) == len(lines):
        return json.loads(lines[-1])["message"]
    [said] = [line for line in lines if line not in log]
    return said


def serve(data, *more):
    """The arguments that serve a data directory on a free port."""
    return "--data", data, "--listen", "127.0.0.1:0", *more


@pytest.fixture
def server(tmp_path):
    """A server that has run once and has stopped in good order."""
    with RoostServer(tmp_path) as running:
        running.stop()
        yield running


@pytest.fixture
def small_disk(tmp_path):
    """Makes small file systems in memory; they are unmounted at the end."""
    mounted = []

    def make(options):
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "roost-test", str(place)], check=True)
        mounted.append(place)
        return place

    yield make
    for place in mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def works_again(server):
    """Whether a server on the same data starts and knows its administrator."""
    server.start()
    return Api(server, server.administrator).sessions() == []


def test_a_port_in_use_is_named(server):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal("--data", server.data, "--listen", f"127.0.0.1:{port}")
    assert str(port) in said and "use" in said
    assert works_again(server)


def test_a_second_server_on_one_data_directory_is_refused(server):
    server.start()
    said = refusal(*serve(server.data))
    assert str(server.data) in said
    assert Api(server, server.administrator).sessions() == []


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x", "256.0.0.1:80"])
def test_a_malformed_address_is_named(tmp_path, address):
    assert address in refusal("--data", tmp_path / "data", "--listen", address)


@as_root
def test_a_data_directory_of_another_owner_is_refused(server):
    os.chown(server.data, 12345, 12345)
    said = refusal(*serve(server.data))
    assert str(server.data) in said and "own" in said
    os.chown(server.data, 0, 0)
    assert works_again(server)


def database(server):
    """The SQLite file in a data directory."""
    [file] = [file for file in server.data.rglob("*") if file.is_file() and file.open("rb").read(15) == b"SQLite format 3"]
    return file


def from_the_future(connection):
    """Makes a database one that a later Roost wrote; returns what undoes it."""
    [version] = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("PRAGMA user_version = 99999")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "grdb_migrations" in tables:
        connection.execute("INSERT INTO grdb_migrations (identifier) VALUES ('from the future')")
    connection.commit()

    def undo():
        connection.execute(f"PRAGMA user_version = {version}")
        if "grdb_migrations" in tables:
            connection.execute("DELETE FROM grdb_migrations WHERE identifier = 'from the future'")
        connection.commit()
    return undo


def test_a_data_directory_of_a_later_version_is_refused_and_left_alone(server):
    file = database(server)
    connection = sqlite3.connect(file)
    undo = from_the_future(connection)
    before = list(connection.iterdump())
    said = refusal(*serve(server.data))
    assert str(server.data) in said and "version" in said
    assert list(connection.iterdump()) == before
    undo()
    connection.close()
    assert works_again(server)


def test_a_database_that_is_none_is_refused_and_left_alone(server):
    file = database(server)
    file.write_bytes(b"this is not a database" * 500)
    said = refusal(*serve(server.data))
    assert str(file) in said or str(server.data) in said
    assert file.read_bytes() == b"this is not a database" * 500


@as_root
def test_missing_bubblewrap_is_named_with_what_to_install(tmp_path):
    hide = "mount --bind /dev/null $(command -v bwrap) && exec \"$@\""
    said = refusal(*serve(tmp_path / "data"), within=["unshare", "--mount", "sh", "-c", hide, "sh"])
    assert "bubblewrap" in said and "apt" in said


@not_as_root
def test_a_data_directory_that_cannot_be_written_is_named(tmp_path):
    place = tmp_path / "data"
    place.mkdir(mode=0o555)
    assert str(place) in refusal(*serve(place))


@as_root
def test_a_data_directory_on_a_read_only_disk_is_named(small_disk):
    place = small_disk("ro")
    assert str(place) in refusal(*serve(place / "data"))


def test_a_data_directory_that_is_a_file_is_named(tmp_path):
    file = tmp_path / "data"
    file.write_text("mine")
    assert str(file) in refusal(*serve(file))
    assert file.read_text() == "mine"


@as_root
def test_a_full_disk_is_named_at_the_start(small_disk):
    place = small_disk("size=16k")
    (place / "full").write_bytes(b"x" * 12288)
    said = refusal(*serve(place / "data"))
    assert str(place) in said or "full" in said or "space" in said


@as_root
def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(small_disk, tmp_path):
    place = small_disk("size=16m")
    with RoostServer(tmp_path / "server", data=place / "data") as server:
        admin = Api(server, server.administrator)
        kept = admin.create("/bin/true")
        admin.wait(kept, "Completed")
        fill(place / "full")
        try:
            answer = admin.post("/session", {"name": "no", "image": "images.canfar.net/skaha/terminal:1.1.2"})
            assert answer.status >= 400, f"a session was acknowledged that cannot have been written: {answer.text}"
            assert answer.line
        except ConnectionError:
            eventually(lambda: server.process.poll(), "the server to end with a status other than 0")
            assert sentence(server.errors())
        (place / "full").unlink()
        if server.process.poll() is None:
            server.stop()
        server.start()
        assert admin.ids() == {kept}
        again = admin.create("/bin/true")
        admin.wait(again, "Completed")


def fill(file):
    """Writes until the disk is full."""
    with open(file, "wb", buffering=0) as out:
        try:
            while True:
                out.write(b"x" * 4096)
        except OSError:
            return


@pytest.mark.parametrize(("text", "named"), [
    ("listen: [", "line"), ("capacity: {cores: many}", "cores"), ("capacity: {cores: -1}", "cores"),
    ("nonesuch: 1", "nonesuch"), ("images: /no/such/file", "/no/such/file"), ("- a\n- b", ""),
    ("retention: {days: never}", "days"), ("limits: {interactiveSessions: x}", "interactiveSessions"),
])
def test_a_mistake_in_the_configuration_is_named_with_the_file(tmp_path, text, named):
    file = tmp_path / "roost.yaml"
    file.write_text(text)
    said = refusal(*serve(tmp_path / "data", "--config", file))
    assert str(file) in said or named == "/no/such/file"
    assert named in said


@pytest.mark.parametrize("text", ["images: [{name: 5}]", "registry: 1", "images: [{name: a, kinds: {dance: [x]}}]", "{"])
def test_a_mistake_in_the_image_catalogue_is_named_with_the_file(tmp_path, text):
    catalogue, file = tmp_path / "images.yaml", tmp_path / "roost.yaml"
    catalogue.write_text(text)
    file.write_text(f"images: {catalogue}")
    assert str(catalogue) in refusal(*serve(tmp_path / "data", "--config", file))


def test_a_configuration_that_does_not_exist_is_named(tmp_path):
    assert "/no/such/roost.yaml" in refusal(*serve(tmp_path / "data", "--config", "/no/such/roost.yaml"))


def test_the_log_is_json_when_nobody_watches(server):
    server.start()
    server.signal(signal.SIGINT)
    lines = server.errors().splitlines()
    assert lines and all(isinstance(json.loads(line), dict) for line in lines)


def test_the_first_start_can_show_a_tour(tmp_path):
    server = RoostServer(tmp_path)
    server.command = lambda *arguments: [*RoostServer.command(server, *arguments), "--welcome"]
    with server:
        eventually(lambda: "canfar" in server.errors() and server.url in server.errors(), "the tour")


def test_a_user_cannot_be_added_twice(server):
    server.add_user("twice")
    with pytest.raises(AssertionError, match="twice"):
        server.add_user("twice")


@pytest.mark.parametrize("name", ["", "../x", "a b", "root\n", "é", "-x", "x" * 200])
def test_a_malformed_user_name_is_refused(server, name):
    with pytest.raises(AssertionError):
        server.add_user(name)


def test_a_log_that_cannot_be_written_does_not_end_the_server(tmp_path):
    with open("/dev/full", "w", encoding="utf-8") as full:
        process = subprocess.Popen([str(BINARY), *map(str, ["serve", *serve(tmp_path / "data")])], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=full, text=True)
    try:
        assert process.stdout.readline().startswith("ready http://")
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
