"""What processes keep in memory, in MB."""

import time
from pathlib import Path

from support.api import Api
from support.waiting import eventually

MEGABYTE = 1e6
SETTLING_SECONDS = 2


def field(pid, file, name):
    """A field of a file in /proc that is given in kB."""
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise KeyError(name)


def resident(pid):
    return field(pid, "status", "VmRSS")


def proportional(pid):
    return field(pid, "smaps_rollup", "Pss")


def supervisors():
    """The processes that supervise sessions."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and entry.joinpath("exe").readlink().name == "roost-supervisor":
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def measure(server):
    """The server with nothing to do, and what one running session adds beside it."""
    time.sleep(SETTLING_SECONDS)
    idle = resident(server.process.pid)
    before = set(supervisors())
    api = Api(server, server.administrator)
    api.sleeper()
    added = eventually(lambda: set(supervisors()) - before, "a supervisor")
    results = {"server": idle, "supervisor resident": sum(map(resident, added)),
               "supervisor proportional": sum(map(proportional, added)), "processes": len(added)}
    api.destroy_all()
    return results
