"""Broken and oversized HTTP: refused early, never a 5xx, and nobody else notices."""

import http.client
import time

import pytest

from support.api import Api
from support.config import TERMINAL
from support.raw import Connection, head

GIBIBYTE = 1 << 30
FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def the_server_still_works(server, alice):
    """After whatever a test did, the server answers somebody else."""
    yield
    assert server.process.poll() is None
    assert Api(server, alice.credentials).get("/context").status == 200


def exchange(server, data):
    """Sends `data` and reads one answer."""
    with Connection(server) as connection:
        connection.send(data)
        return connection.answer()


@pytest.mark.parametrize("query", [
    "name=%", "name=%4", "name=%zz", "name=%ff%fe", "name=%c3%28", "name=%00", "name=a&image=%e2%82", "%ff=1", "=", "&&&",
    "name=a&name=b&name=c", "name", "name=a;image=b", "?", "name=%u0041",
])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_broken_encoding_of_a_query_is_never_the_servers_fault(server, alice, method, query):
    answer = exchange(server, head(method, f"/skaha/v1/session?{query}", alice, "Content-Length: 0"))
    assert answer.status in ((200, 400) if method == "GET" else (400,))
    assert alice.ids() == set()


@pytest.mark.parametrize("path", ["/skaha/v1/session/%", "/skaha/v1/session/%zz", "/skaha/v1/session/%ff%fe",
                                  "/skaha/v1/session/%00", "/skaha/v1/%73ession/x%2fy"])
def test_broken_encoding_of_a_path_is_never_the_servers_fault(server, alice, path):
    assert exchange(server, head("GET", path, alice)).status in (400, 404)


@pytest.mark.parametrize("body", [b"name=%", b"name=\xff\xfe", b"name=%ff", b"\0\0\0\0", b"{}", b"<xml/>", b"=&=&="])
def test_broken_encoding_of_a_body_is_never_the_servers_fault(server, alice, body):
    answer = exchange(server, head("POST", "/skaha/v1/session", alice, FORM, f"Content-Length: {len(body)}") + body)
    assert answer.status == 400
    assert answer.line


@pytest.mark.parametrize("content_type", [
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
    'multipart/form-data; boundary="' + "b" * 500 + '"', "application/json", "nonsense",
])
def test_a_body_that_is_not_what_it_claims_is_never_the_servers_fault(server, alice, content_type):
    body = b"--y\r\nContent-Disposition: form-data; name=\r\n\r\n--x--"
    answer = exchange(server, head("POST", "/skaha/v1/session", alice, f"Content-Type: {content_type}",
                                   f"Content-Length: {len(body)}") + body)
    assert answer.status == 400
    assert answer.line


def test_an_announced_gibibyte_is_refused_without_being_read(server, alice):
    started = time.monotonic()
    with Connection(server) as connection:
        connection.send(head("POST", "/skaha/v1/session", alice, FORM, f"Content-Length: {GIBIBYTE}") + b"name=" * 500)
        answer = connection.answer()
    assert answer.status == 413
    assert answer.line.startswith("limit: ")
    assert time.monotonic() - started < 10


def test_an_announced_gibibyte_is_refused_for_strangers_too(server):
    with Connection(server) as connection:
        connection.send(f"POST /skaha/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: {GIBIBYTE}\r\n\r\nxx".encode())
        assert connection.answer().status in (401, 413)


def test_endless_chunks_are_refused_at_the_limit(server, alice):
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with Connection(server) as connection:
        connection.send(head("POST", "/skaha/v1/session", alice, FORM, "Transfer-Encoding: chunked"))
        sent = 0
        while sent < 256 << 20 and connection.send(chunk):
            sent += len(chunk)
        assert sent < 256 << 20, "the server read 256 MiB of a body without an end"


def test_a_chunked_body_beyond_the_limit_is_answered(server, alice):
    with Connection(server) as connection:
        connection.send(head("POST", "/skaha/v1/session", alice, FORM, "Transfer-Encoding: chunked"))
        connection.send((b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 64)
        answer = connection.answer()
    assert answer.status == 413
    assert answer.line.startswith("limit: ")


@pytest.mark.parametrize("fields", [["X-Large: " + "x" * 1_000_000], [f"X-{n}: {'x' * 100}" for n in range(10_000)]],
                         ids=["one large header", "very many headers"])
def test_a_header_section_beyond_the_limit_is_refused(server, alice, fields):
    with Connection(server) as connection:
        connection.send(head("GET", "/skaha/v1/session", alice, *fields))
        try:
            assert connection.answer().status in (400, 413, 431)
        except (ConnectionResetError, BrokenPipeError):
            assert connection.is_closed()


def test_a_url_beyond_the_limit_is_refused(server, alice):
    with Connection(server) as connection:
        connection.send(head("GET", "/skaha/v1/session?name=" + "x" * 1_000_000, alice))
        try:
            assert connection.answer().status in (400, 413, 414, 431)
        except (ConnectionResetError, BrokenPipeError):
            assert connection.is_closed()


def test_a_url_as_long_as_clients_may_send_is_accepted(server, alice):
    value = "x" * 30_000
    session = alice.python("import os; print(len(os.environ['LONG']))", environment={"LONG": value})
    assert alice.finish(session) == "30000\n"


@pytest.mark.parametrize("data", [
    b"GET\r\n\r\n", b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64,
    b"GET / HTTP/1.1\r\nHost x\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
], ids=lambda data: repr(data[:30]))
def test_what_is_not_http_is_refused_or_the_connection_closed(server, data):
    with Connection(server, timeout=5) as connection:
        connection.send(data)
        try:
            assert 400 <= connection.answer().status < 500
        except (http.client.BadStatusLine, ConnectionError):
            assert connection.is_closed()


def test_a_client_that_goes_away_in_the_middle_does_no_harm(server, alice):
    with Connection(server) as connection:
        connection.send(head("POST", "/skaha/v1/session", alice, FORM, "Content-Length: 1000") + b"name=a")
    with Connection(server) as connection:
        connection.send(b"GET /skaha/v1/ses")
    assert alice.ids() == set()


def test_a_follower_of_a_log_that_goes_away_does_no_harm(server, alice):
    session = alice.create("/bin/sh", "-c", "while :; do echo line; sleep 0.05; done")
    alice.wait(session, "Running")
    with Connection(server) as connection:
        connection.send(head("GET", f"/skaha/v1/session/{session}?view=logs&follow=true", alice))
        assert connection.socket.recv(4096)
    assert alice.info(session)["status"] == "Running"


def test_many_requests_share_one_connection(server, alice):
    session = alice.create("/bin/true")
    with Connection(server) as connection:
        for _ in range(50):
            connection.send(head("GET", f"/skaha/v1/session/{session}", alice))
            assert connection.answer().status == 200


def test_a_hundred_and_twenty_eight_connections_are_served_at_once(server, alice):
    connections = [Connection(server) for _ in range(128)]
    try:
        for connection in connections:
            connection.send(head("GET", "/skaha/v1/context", alice))
        assert {connection.answer().status for connection in connections} == {200}
    finally:
        for connection in connections:
            connection.socket.close()


def test_a_create_without_a_content_type_is_understood(server, alice):
    answer = exchange(server, head("POST", f"/skaha/v1/session?name=a&image={TERMINAL}", alice, "Content-Length: 0"))
    assert answer.status == 200


@pytest.mark.parametrize("target", ["/skaha/v1/session", "/nowhere", "/healthz", "/skaha/availability"])
def test_an_endless_body_of_a_stranger_is_not_read_to_its_end(server, target):
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with Connection(server) as connection:
        connection.send(f"POST {target} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        sent = 0
        while sent < 256 << 20 and connection.send(chunk):
            sent += len(chunk)
        assert sent < 256 << 20, "the server read 256 MiB of a body without an end"


def test_no_answer_to_head_has_a_body(server):
    with Connection(server) as connection:
        for target in ["/skaha/capabilities", "/skaha", "/healthz", "/nowhere", "/skaha/v1/session"]:
            connection.send(f"HEAD {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b""
        while piece := connection.socket.recv(65536):
            received += piece
    assert received.count(b"HTTP/1.1 ") == 6
    assert received.endswith(b"\r\n\r\nok\n")
    assert b"<" not in received


def test_a_form_that_is_not_utf8_is_refused(server, alice):
    body = b"name=a&image=x&env=A=\xff"
    answer = exchange(server, head("POST", "/skaha/v1/session", alice, FORM, f"Content-Length: {len(body)}") + body)
    assert answer.status == 400
