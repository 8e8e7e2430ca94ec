"""Measures a release build of Roost and prints a table in Markdown."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--binaries", type=Path, required=True, help="directory with roost and roost-supervisor")
parser.add_argument("--launches", type=int, default=100, help="launches to take the median of")
arguments = parser.parse_args()

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Tests" / "conformance"))
os.environ["ROOST_BINARY"] = str(arguments.binaries.resolve() / "roost")
os.environ["HOME"] = tempfile.mkdtemp(prefix="roost-bench-home-")
os.environ["NO_PROXY"] = "127.0.0.1"

import burst
import launch
import memory
from support.server import RoostServer


def size(name):
    """The size of a binary in MB."""
    return (arguments.binaries / name).stat().st_size / 1e6


def rows(server):
    """What was measured, the result, and what we aim at."""
    kept = memory.measure(server)
    launched = launch.measure(server, arguments.launches, os.geteuid() == 0)
    yield f"create → program runs, median of {arguments.launches}", f"{launched['roost']:.1f} ms", ""
    yield "bare bubblewrap → program runs, in turns with it", f"{launched['bare']:.1f} ms", ""
    yield "what Roost adds", f"{launched['roost'] - launched['bare']:.1f} ms", "≤ 10 ms"
    yield "create → answer", f"{launched['answer']:.1f} ms", ""
    created = burst.measure(server)
    yield f"{burst.REPLICAS} waiting sessions accepted, plain HTTP", f"{created['plain']:.2f} s", "< 0.5 s"
    yield f"{burst.REPLICAS} waiting sessions accepted, canfar", f"{created['canfar']:.2f} s", ""
    yield "server, idle, resident", f"{kept['server']:.1f} MB", "≤ 40 MB"
    yield "server after all of this, resident", f"{memory.resident(server.process.pid):.1f} MB", ""
    yield f"one supervisor ({kept['processes']} process), resident", f"{kept['supervisor resident']:.2f} MB", "≤ 2 MB"
    yield "one supervisor, proportional", f"{kept['supervisor proportional']:.2f} MB", ""
    yield "roost, static release binary", f"{size('roost'):.1f} MB", ""
    yield "roost-supervisor", f"{size('roost-supervisor'):.2f} MB", ""


def main():
    with tempfile.TemporaryDirectory(prefix="roost-bench-") as directory, RoostServer(directory) as server:
        print("| measure | result | aim |\n|---|---|---|")
        for measure, result, aim in rows(server):
            print(f"| {measure} | {result} | {aim} |", flush=True)


main()
