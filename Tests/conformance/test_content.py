"""What a session is given arrives as it was sent, and what it writes comes back as it was written."""

import ast
import json

import pytest

from support.config import PYTHON, TERMINAL
from support.waiting import eventually

PRINT_ENVIRONMENT = "import os; print(dict(os.environb))"
PRINT_ARGUMENTS = "import sys, json; print(json.dumps(sys.argv[1:]))"

VALUES = {
    "EQUALS": "a=b==c",
    "BLANKS": "  two  blanks  ",
    "QUOTES": """it's "quoted" `so`""",
    "NEWLINES": "one\ntwo\r\n",
    "TABS": "\tindented\t",
    "UNICODE": "é ☃ 日本 🚀",
    "EMPTY": "",
    "SHELL": "$HOME ${HOME} $(id) ; & | > < * ? ~ !",
    "BACKSLASHES": "\\n \\\\ \\",
    "PERCENT": "%41%20+%",
    "YAML": "{a: [1, 2]} # not a comment: {{x}}",
    "lower_case.and-dots": "kept",
    "LONG": "x" * 2000,
}


def environment_of(api, session):
    """The environment that a session printed, decoded."""
    printed = ast.literal_eval(api.finish(session))
    return {name.decode(): value.decode() for name, value in printed.items()}


@pytest.mark.parametrize("name", VALUES)
def test_an_environment_value_arrives_intact_through_the_libraries(canfar, alice, name):
    [session] = canfar.create(
        name="env", image=TERMINAL, cmd=PYTHON, args=f'-c "{PRINT_ENVIRONMENT}"', env={name: VALUES[name]})
    assert environment_of(alice, session)[name] == VALUES[name]


def test_all_environment_values_arrive_intact_at_once(skaha, alice):
    [session] = skaha.create(name="env", image=TERMINAL, cmd=PYTHON, args=f'-c "{PRINT_ENVIRONMENT}"', env=VALUES)
    seen = environment_of(alice, session)
    assert {name: seen.get(name) for name in VALUES} == VALUES


def test_environment_values_arrive_intact_through_the_command_line(canfar_command, alice):
    options = [word for name, value in VALUES.items() for word in ("--env", f"{name}={value}")]
    [session] = json.loads(canfar_command(
        "create", "headless", TERMINAL, "-n", "env", "-o", "json", *options, "--", PYTHON, "-c",
        f"'{PRINT_ENVIRONMENT}'"))
    seen = environment_of(alice, session)
    assert {name: seen.get(name) for name in VALUES} == VALUES


def test_the_session_knows_who_and_what_it_is(alice):
    session = alice.python(PRINT_ENVIRONMENT, cores=2, ram=2)
    seen = environment_of(alice, session)
    assert seen["skaha_sessionid"] == session
    assert seen["skaha_username"] == alice.credentials.user
    assert seen["skaha_hostname"]
    assert seen["OMP_NUM_THREADS"] == "2"
    assert seen["PWD"] == seen["HOME"]


def test_a_user_cannot_override_what_the_server_sets(alice):
    session = alice.python(PRINT_ENVIRONMENT, environment={"HOME": "/tmp", "skaha_sessionid": "forged"})
    seen = environment_of(alice, session)
    assert seen["HOME"] != "/tmp"
    assert seen["skaha_sessionid"] == session


@pytest.mark.parametrize(("args", "expected"), [
    ("one two", ["one", "two"]),
    ("one  two", ["one", "two"]),
    ("'one two' three", ["one two", "three"]),
    ('"one two" three', ["one two", "three"]),
    ("one\\ two", ["one two"]),
    ("--x='a \"b\" c'", ['--x=a "b" c']),
    ("'' x", ["", "x"]),
    ("é ☃", ["é", "☃"]),
    ("$HOME `id` *", ["$HOME", "`id`", "*"]),
    ("a=b&c=d;e", ["a=b&c=d;e"]),
], ids=repr)
def test_arguments_are_split_as_a_shell_would(canfar, alice, args, expected):
    [session] = canfar.create(
        name="args", image=TERMINAL, cmd=PYTHON, args=f'-c "{PRINT_ARGUMENTS}" {args}')
    assert json.loads(alice.finish(session)) == expected


def test_arguments_with_an_open_quote_are_refused_with_the_field(alice):
    answer = alice.post("/session", {"name": "a", "image": TERMINAL, "cmd": "echo", "args": "'open"})
    assert answer.status == 400
    assert "args" in answer.line


def test_a_command_without_arguments_may_be_a_bare_word(alice):
    session = alice.create("id")
    assert "uid=" in alice.finish(session)


def test_a_large_log_comes_back_whole(alice):
    lines = [f"line {number} " + "x" * 80 for number in range(20_000)]
    session = alice.python("for n in range(20000): print('line', n, 'x' * 80)")
    assert alice.finish(session).splitlines() == lines


def test_bytes_that_are_not_text_come_back_as_they_were_written(canfar, alice):
    session = alice.python("import os; os.write(1, b'before\\n\\xff\\xfe\\x00\\nafter\\n')")
    alice.wait(session, "Completed")
    assert alice.get(f"/session/{session}", view="logs").body == b"before\n\xff\xfe\x00\nafter\n"
    text = canfar.logs(session)[session]
    assert text.startswith("before\n") and text.endswith("after\n")


def test_tail_gives_the_last_lines(alice):
    session = alice.python("for n in range(10): print(n)")
    alice.finish(session)
    assert alice.logs(session, tail=2) == "8\n9\n"


def test_timestamps_stand_before_each_line(alice):
    session = alice.python("print('a'); print('b')")
    alice.finish(session)
    lines = alice.logs(session, timestamps="true").splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == ["a", "b"]
    assert all(line[:4].isdigit() and line.split(" ", 1)[0].endswith("Z") for line in lines)


def test_follow_gives_the_log_to_its_end(alice):
    session = alice.python("import time\nfor n in range(5): print(n, flush=True); time.sleep(0.1)")
    assert alice.logs(session, follow="true") == "0\n1\n2\n3\n4\n"
    alice.wait(session, "Completed")


def test_a_running_session_shows_its_log_so_far(alice):
    session = alice.python("import time; print('started', flush=True); time.sleep(86400)")
    eventually(lambda: alice.logs(session) == "started\n", "the first line of the log")
