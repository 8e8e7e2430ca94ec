"""Looking for a session's processes from outside, by a word on their command line."""

from pathlib import Path

from support.waiting import eventually


def processes(word):
    """The ids of all processes with exactly `word` among their arguments, but for what wraps them."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and word in arguments(entry) and is_payload(entry):
            found.append(int(entry.name))
    return found


def arguments(entry):
    """The command line of a process; empty if it is gone."""
    try:
        return entry.joinpath("cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return []


def is_payload(entry):
    """Whether a process is a session's own program and not the supervisor or bubblewrap around it."""
    program = arguments(entry)[:1]
    return bool(program) and not Path(program[0]).name.startswith(("bwrap", "roost"))


def wait_for_process(word):
    """Waits until exactly one process with this word runs, and returns its id."""
    def running():
        found = processes(word)
        return found if len(found) == 1 else None
    return eventually(running, f"a process with the argument {word}")[0]


def wait_for_no_process(word):
    """Waits until no process with this word runs."""
    eventually(lambda: not processes(word), f"the end of every process with the argument {word}")
