"""What is wrong with a request is said in the words of the protocol, or with field and fix."""

import pytest

from support.api import Api
from support.config import INTERACTIVE_LIMIT, NOTEBOOK, REGISTRY, TERMINAL

# Far more than the machine has, and everything that a number cannot be.
BAD_NUMBERS = ["0", "-1", "1000000", "99999999999999999999999", "1e400", "NaN", "nan", "inf", "-Infinity", "two", "0x10",
               "1,5", "1 2", "٣", "1;2", "--1"]


def refusal(api, parameters=(), **changes):
    """The one line that a create is refused with."""
    complete = {"name": "a", "image": TERMINAL, "type": "headless"}
    pairs = parameters or [(name, value) for name, value in (complete | changes).items() if value is not None]
    answer = api.post("/session", pairs)
    assert answer.status == 400, f"{answer.status} {answer.text}"
    assert api.ids() == set()
    return answer.line


@pytest.mark.parametrize(("changes", "said"), [
    ({"image": None}, "Missing parameter 'image'"),
    ({"image": ""}, "image is required"),
    ({"image": "  "}, "image is required"),
    ({"name": None}, "Missing parameter 'name'"),
    ({"name": ""}, "Missing parameter 'name'"),
    ({"name": " "}, "Missing parameter 'name'"),
    ({"name": "under_score"}, "name can only contain alpha-numeric chars and '-'"),
    ({"name": "a b"}, "name can only contain alpha-numeric chars and '-'"),
    ({"name": "naïve"}, "name can only contain alpha-numeric chars and '-'"),
    ({"name": "../etc"}, "name can only contain alpha-numeric chars and '-'"),
    ({"name": "a\nb"}, "name can only contain alpha-numeric chars and '-'"),
    ({"name": "a\0b"}, "name can only contain alpha-numeric chars and '-'"),
    ({"type": "nonesuch"}, "Invalid session type: nonesuch"),
    ({"image": "docker.io/library/ubuntu:22.04"},
     f"session image 'docker.io/library/ubuntu:22.04' must come from one of [{REGISTRY}]"),
], ids=repr)
def test_create_is_refused_in_the_words_of_the_protocol(alice, changes, said):
    assert refusal(alice, **changes) == said


@pytest.mark.parametrize("field", ["cores", "ram", "gpus"])
@pytest.mark.parametrize("value", BAD_NUMBERS)
def test_numbers_out_of_range_are_refused_by_name(alice, field, value):
    if (field, value) == ("gpus", "0"):
        value = "00.5"
    assert refusal(alice, **{field: value}).startswith(f"Invalid value for '{field}': {value}")


@pytest.mark.parametrize(("changes", "said"), [
    ({"image": None, "type": "nonesuch", "cores": "x"}, "Missing parameter 'image'"),
    ({"type": "nonesuch", "cores": "x"}, "Invalid session type: nonesuch"),
    ({"cores": "x", "ram": "y", "name": "a_b"}, "Invalid value for 'cores': x"),
    ({"ram": "y", "name": "a_b", "gpus": "z"}, "Invalid value for 'ram': y"),
    ({"name": "a_b", "gpus": "z"}, "name can only contain alpha-numeric chars and '-'"),
], ids=repr)
def test_of_several_mistakes_the_first_in_the_documented_order_is_named(alice, changes, said):
    assert refusal(alice, **changes).startswith(said)


def test_an_unknown_image_is_refused_with_the_closest_names(alice):
    said = refusal(alice, image=f"{REGISTRY}/skaha/terminl:1.1.2")
    assert "skaha/terminl:1.1.2" in said and "skaha/terminal:1.1.2" in said


def test_an_unknown_tag_is_refused_with_the_tags_there_are(alice):
    assert "skaha/terminal:1.1.2" in refusal(alice, image=f"{REGISTRY}/skaha/terminal:9.9.9")


@pytest.mark.parametrize("image", [
    f"{REGISTRY}/", f"{REGISTRY}/skaha/", f"{REGISTRY}/skaha/ter minal:1", f"{REGISTRY}/skaha/../../etc:1",
    f"{REGISTRY}/skaha/terminal:1:2", f"{REGISTRY}/skaha/terminal:", f"{REGISTRY}/sk\naha/t:1", f"{REGISTRY}/é/t:1",
    f"{REGISTRY}/" + "a" * 5000,
], ids=lambda image: image[:40])
def test_a_malformed_image_is_refused(alice, image):
    assert "image" in refusal(alice, image=image)


def test_an_image_that_cannot_serve_the_kind_is_refused(alice):
    said = refusal(alice, type="notebook", image=TERMINAL)
    assert "notebook" in said and "image" in said


def test_a_name_that_is_too_long_is_refused(alice):
    assert "name" in refusal(alice, name="a" * 300)


@pytest.mark.parametrize("variable", ["NOVALUE", "", "=x", "A B=1", "A\0B=1", "A=1\0"], ids=repr)
def test_a_malformed_variable_is_refused(alice, variable):
    said = refusal(alice, [("name", "a"), ("image", TERMINAL), ("type", "headless"), ("env", variable)])
    assert "env" in said


def test_an_oversized_variable_is_refused(alice):
    answer = alice.post("/session", body="name=a&env=A%3D" + "x" * 300_000 + f"&image={TERMINAL}")
    assert answer.status in (400, 413)
    assert alice.ids() == set()


def test_too_many_variables_are_refused(alice):
    answer = alice.post("/session", body=f"name=a&image={TERMINAL}" + "".join(f"&env=V{n}%3D" for n in range(20_000)))
    assert answer.status in (400, 413)
    assert alice.ids() == set()


@pytest.mark.parametrize("field", ["cmd", "args"])
def test_a_command_with_a_null_character_is_refused(alice, field):
    assert field in refusal(alice, **{"cmd": "echo", field: "a\0b"})


@pytest.mark.parametrize("header", ["bm9jb2xvbg==", "not base64!"])
def test_malformed_credentials_for_a_registry_are_refused(alice, header):
    answer = alice.post("/session", {"name": "a", "image": TERMINAL}, headers={"X-Skaha-Registry-Auth": header})
    assert (answer.status, answer.line) == (400, "Invalid input.  Must be in form of username:secret")


def test_too_many_interactive_sessions_are_refused_with_the_limit(alice):
    for _ in range(INTERACTIVE_LIMIT):
        alice.create(type="notebook", image=NOTEBOOK)
    answer = alice.post("/session", {"name": "nb", "image": NOTEBOOK, "type": "notebook"})
    assert (answer.status, answer.line) == (
        400, f"User {alice.credentials.user} has reached the maximum of {INTERACTIVE_LIMIT} active sessions.")
    assert alice.create("/bin/true")


@pytest.mark.parametrize("view", [None, "event", "logs", "events"])
def test_an_unknown_session_is_not_found(alice, view):
    answer = alice.get("/session/zzzzzzzz", **({"view": view} if view else {}))
    assert answer.status == 404
    assert answer.line.rstrip(".") == "session zzzzzzzz not found"


@pytest.mark.parametrize("session", ["a", "UPPERCAS", "a%20b", "..", "%2e%2e%2fetc", "a" * 100, "1abcdefg", "%00", "é"],
                         ids=lambda session: session[:10])
def test_a_malformed_id_is_refused(alice, session):
    answer = alice.get(f"/session/{session}".replace("é", "%C3%A9"))
    assert answer.status in (400, 404)
    assert answer.line


def test_destroying_an_unknown_session_is_not_found(alice):
    answer = alice.delete("/session/zzzzzzzz")
    assert (answer.status, answer.line.rstrip(".")) == (404, "session zzzzzzzz not found")


def test_destroying_everything_at_once_is_refused(alice):
    answer = alice.delete("/session")
    assert (answer.status, answer.line) == (400, "Cannot kill all sessions.")


@pytest.mark.parametrize("state", ["unknown", "over", "waiting"])
def test_only_a_running_session_can_be_renewed(alice, state):
    session = "zzzzzzzz"
    if state == "over":
        session = alice.create("/bin/true")
        alice.wait(session, "Completed")
    if state == "waiting":
        alice.sleeper(cores=16, ram=1)
        session = alice.create("/bin/true", cores=16, ram=1)
    answer = alice.post(f"/session/{session}", {"action": "renew"})
    assert answer.status == 400
    assert answer.line.startswith("No active job for user") and answer.line.endswith(f"with session {session}")


@pytest.mark.parametrize(("parameters", "said"), [
    ({"action": "dance"}, "unrecognized action"),
    ({}, "Cannot modify an existing session"),
])
def test_a_session_can_only_be_renewed(alice, parameters, said):
    answer = alice.post(f"/session/{alice.sleeper()}", parameters)
    assert (answer.status, answer.line) == (400, said)


def test_an_unknown_type_of_images_is_refused(alice):
    answer = alice.get("/image", type="nonesuch")
    assert (answer.status, answer.line) == (400, "unknown type: nonesuch")


@pytest.mark.parametrize(("method", "path", "status", "said"), [
    ("DELETE", "/session/{id}/app", 400, "Missing app ID"),
    ("POST", "/session/{id}/app/abc", 400, "Cannot modify an existing app."),
    ("POST", "/session/{id}/app", 400, "Missing parameter 'image'"),
    ("GET", "/session/{id}/app/abc", 404, "desktop app with session {id} and app ID abc was not found"),
])
def test_apps_of_a_session_are_refused_in_the_words_of_the_protocol(alice, method, path, status, said):
    session = alice.sleeper()
    answer = alice.request(method, alice.prefix + path.format(id=session))
    assert (answer.status, answer.line) == (status, said.format(id=session))


def test_a_path_with_more_segments_is_refused(alice):
    answer = alice.get("/session/abcdefgh/app/abc/more")
    assert answer.status == 400
    assert answer.line.startswith("Invalid request: ")


@pytest.mark.parametrize("path", ["/session", "/session/abcdefgh", "/context", "/image"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_wrong_method_is_refused_with_the_right_ones(alice, method, path):
    answer = alice.request(method, alice.prefix + path)
    assert (answer.status, answer.line) == (405, f"unsupported: HTTP {method}")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/context", "/image", "/repository"])
def test_what_can_only_be_read_refuses_to_be_written(alice, path):
    answer = alice.post(path)
    assert (answer.status, answer.line) == (405, "unsupported: HTTP POST")


@pytest.mark.parametrize("path", ["/", "/nonesuch", "/skaha/v2/session", "/skaha/v1", "/skaha/v1/nonesuch",
                                  "/skaha/v1/sessions", "/skaha/v1/session/../../../etc/passwd"])
def test_an_unknown_path_is_not_found(alice, path):
    assert alice.request("GET", path).status in (400, 404)


@pytest.mark.parametrize("header", [
    None, "", "Bearer", "Bearer ", "Bearer wrong", "Bearer " + "x" * 5000, "Basic YWxpY2U6c2VjcmV0", "bearer{token}",
    "Bearer {token}x", "Bearer x{token}", "Token {token}", "Bearer \xff\xfe",
], ids=lambda header: str(header)[:20])
@pytest.mark.parametrize("path", ["/session", "/session/abcdefgh", "/context", "/image", "/repository"])
def test_a_missing_or_wrong_token_is_refused_with_a_challenge(server, alice, header, path):
    headers = {"Authorization": header.format(token=alice.credentials.token)} if header is not None else {}
    answer = Api(server).request("GET", "/skaha/v1" + path, headers=headers)
    assert (answer.status, answer.line) == (401, "Unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_scheme_of_a_token_is_case_insensitive(server, alice):
    headers = {"Authorization": f"bearer {alice.credentials.token}"}
    assert Api(server).request("GET", "/skaha/v1/session", headers=headers).status == 200


def test_a_token_in_the_url_does_not_count(server, alice):
    answer = Api(server).request("GET", "/skaha/v1/session", {"token": alice.credentials.token})
    assert answer.status == 401
