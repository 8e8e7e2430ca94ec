"""Every way to the same thing: versions, slashes, aliases, odd placements of parameters."""

from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from support.config import INTERACTIVE_LIMIT, NOTEBOOK, REGISTRY, TERMINAL

PREFIXES = ["/skaha/v0", "/skaha/v1", "/v0", "/v1"]
FORM = "application/x-www-form-urlencoded"
AVAILABILITY = "{http://www.ivoa.net/xml/VOSIAvailability/v1.0}"


def create(**parameters):
    return {"name": "a", "image": TERMINAL, "type": "headless", **parameters}


@pytest.mark.parametrize("path", [
    "/skaha/v0/session", "/skaha/v1/session", "/v0/session", "/v1/session", "/skaha/v1/session/", "//skaha//v1/session",
    "/skaha//v0/session", "/skaha/v1//session//",
])
def test_the_list_is_found_under(alice, path):
    session = alice.sleeper()
    assert [each["id"] for each in alice.request("GET", path).json()] == [session]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("suffix", ["", "/", "?view=event", "?view=nonesuch"])
def test_a_session_is_found_under(alice, prefix, suffix):
    session = alice.create("/bin/true")
    assert alice.request("GET", f"{prefix}/session/{session}{suffix}").json()["id"] == session


@pytest.mark.parametrize("body", ["query", "form", "both", "multipart", "form without its type"])
def test_parameters_are_taken_from(alice, body):
    match body:
        case "query":
            answer = alice.post("/session", create())
        case "form":
            answer = alice.post("/session", body=urlencode(create()), headers={"Content-Type": FORM})
        case "both":
            answer = alice.post("/session", {"name": "a"}, headers={"Content-Type": FORM},
                                body=urlencode({"image": TERMINAL, "type": "headless"}))
        case "multipart":
            answer = alice.post("/session", body=multipart(create()),
                                headers={"Content-Type": "multipart/form-data; boundary=frontier"})
        case "form without its type":
            answer = alice.post("/session", body=urlencode(create()))
    assert answer.status == 200, answer.text
    info = alice.info(answer.line)
    assert (info["name"], info["image"], info["type"]) == ("a", TERMINAL, "headless")


def multipart(fields):
    """A multipart body with one part a field."""
    parts = [f'--frontier\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]
    return "".join(parts) + "--frontier--\r\n"


def test_names_of_parameters_are_case_insensitive(alice):
    answer = alice.post("/session", {"NAME": "a", "Image": TERMINAL, "TYPE": "headless"})
    assert answer.status == 200, answer.text
    assert alice.get("/session", TYPE="headless").json()[0]["id"] == answer.line


def test_kind_is_another_word_for_type(alice):
    answer = alice.post("/session", {"name": "a", "image": NOTEBOOK, "kind": "notebook"})
    assert alice.info(answer.line)["type"] == "notebook"
    assert [each["id"] for each in alice.get("/session", kind="notebook").json()] == [answer.line]
    assert alice.get("/session", kind="headless").json() == []


def test_type_is_case_insensitive_and_trimmed(alice):
    answer = alice.post("/session", create(type=" HeadLess "))
    assert alice.info(answer.line)["type"] == "headless"


@pytest.mark.parametrize("accept", ["application/json", "application/xml", "text/plain", "image/png", "*/*"])
def test_nothing_depends_on_the_accept_header(alice, accept):
    session = alice.python("print(1)")
    alice.finish(session)
    for path in ("/session", f"/session/{session}?view=logs", f"/session/{session}?view=events", "/context"):
        assert alice.request("GET", alice.prefix + path, headers={"Accept": accept}).status == 200


def test_create_answers_with_the_id_as_one_line_of_text(alice):
    answer = alice.post("/session", create())
    assert answer.status == 200 and len(answer.line) == 8
    assert "Location" not in answer.headers


def test_destroy_answers_with_nothing(alice):
    session = alice.create("/bin/true")
    answer = alice.delete(f"/session/{session}")
    assert (answer.status, answer.body) == (200, b"")


def test_renew_answers_with_nothing(alice):
    answer = alice.post(f"/session/{alice.sleeper()}", {"ACTION": "Renew"})
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("headers", [
    {"Date": "Sat Nov 21 00:28:55 2026"}, {"X-Skaha-Registry-Auth": "YWxpY2U6c2VjcmV0"},
    {"User-Agent": ""}, {"Content-Type": FORM}, {"X-Skaha-Client": "python/1.7.0"},
], ids=repr)
def test_headers_that_clients_send_do_no_harm(alice, headers):
    assert alice.request("GET", "/skaha/v1/session", headers=headers).status == 200


def test_the_image_list_is_found_where_old_clients_look(alice):
    wanted = alice.request("GET", "/skaha/v1/image", {"type": "notebook"}).json()
    assert alice.request("GET", "/skaha/v1/image/image", {"type": "notebook"}).json() == wanted


def test_repository_names_the_registry(alice):
    assert alice.request("GET", "/skaha/v1/repository").json() == [REGISTRY]


def test_context_knows_the_limit_of_interactive_sessions(alice):
    assert int(alice.request("GET", "/skaha/v1/context").json()["maxInteractiveSessions"]) == INTERACTIVE_LIMIT


def test_only_the_old_context_has_a_default_for_headless_sessions(alice):
    assert "defaultHeadless" in alice.request("GET", "/skaha/v0/context").json()
    assert "defaultHeadless" not in alice.request("GET", "/skaha/v1/context").json()


def test_anybody_may_ask_for_the_availability(nobody):
    answer = nobody.request("GET", "/skaha/availability")
    assert answer.status == 200 and answer.headers.get_content_type() == "text/xml"
    root = ElementTree.fromstring(answer.body)
    assert root.find(f"{AVAILABILITY}available").text == "true"
    assert root.find(f"{AVAILABILITY}note").text


def test_availability_in_brief_has_no_body(alice):
    answer = alice.request("GET", "/skaha/availability", {"detail": "min"})
    assert (answer.status, answer.body) == (200, b"")


def test_capabilities_point_to_this_server(server, alice):
    answer = alice.request("GET", "/skaha/capabilities")
    assert answer.status == 200 and answer.headers.get_content_type() == "text/xml"
    urls = {element.text for element in ElementTree.fromstring(answer.body).iter("accessURL")}
    assert f"{server.url}/skaha/v1/session" in urls and f"{server.url}/skaha/v0" in urls


def test_a_discovery_probe_is_answered(nobody):
    answer = nobody.request("HEAD", "/skaha")
    assert (answer.status, answer.body) == (200, b"")


def test_anybody_may_ask_whether_the_server_is_healthy(nobody):
    assert nobody.request("GET", "/healthz").status == 200


def test_unknown_filter_values_match_nothing(alice):
    alice.sleeper()
    assert alice.get("/session", type="nonesuch").json() == []
    assert alice.get("/session", status="nonesuch").json() == []


def test_filters_are_case_insensitive(alice):
    session = alice.sleeper()
    assert alice.ids(type="HEADLESS", status="running") == {session}


def test_the_old_dialect_says_none_where_the_new_one_leaves_out(server, alice):
    session = alice.create("/bin/true", cores=1, ram=2)
    alice.wait(session, "Completed")
    old = alice.request("GET", f"/skaha/v0/session/{session}").json()
    assert {name: old[name] for name in ("appid", "ramInUse", "cpuCoresInUse", "gpuRAMInUse", "gpuUtilization")} == \
        dict.fromkeys(("appid", "ramInUse", "cpuCoresInUse", "gpuRAMInUse", "gpuUtilization"), "<none>")
    new = alice.request("GET", f"/skaha/v1/session/{session}").json()
    assert not {"appid", "ramInUse", "gpuRAMInUse"} & set(new)
    assert None not in new.values()
