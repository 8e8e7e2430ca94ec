"""How long it takes from asking for a program until it runs: through Roost, and in bare bubblewrap."""

import json
import statistics
import subprocess
import time

from client import Connection
from support.api import Api

UNPRIVILEGED = 65534
PROGRAM = ["/bin/date", "+%s%N"]
BUBBLEWRAP = ["bwrap", "--ro-bind", "/", "/", "--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev", "--unshare-pid",
              "--unshare-ipc", "--unshare-uts", "--unshare-net", "--die-with-parent", *PROGRAM]

# Started once as the user that sessions run as, so that neither a fork of the benchmark nor a change of user is measured.
WORKER = """
import json, os, sys, time
for line in sys.stdin:
    read, write = os.pipe()
    started = time.time_ns()
    os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)])
    os.close(write)
    ran = int(os.read(read, 100))
    os.close(read)
    os.wait()
    print(json.dumps((ran - started) / 1e6), flush=True)
"""


class BareBubblewrap:
    """Runs the program in bubblewrap as often as asked."""

    def __init__(self, is_root):
        identity = {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []} if is_root else {}
        self.worker = subprocess.Popen(["/usr/bin/python3", "-c", WORKER, *BUBBLEWRAP], cwd="/", text=True, bufsize=1,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, **identity)

    def launch(self):
        """Milliseconds from the start of bubblewrap to the program."""
        self.worker.stdin.write("\n")
        return json.loads(self.worker.stdout.readline())

    def close(self):
        self.worker.stdin.close()
        self.worker.wait()


def through_roost(api, connection):
    """Milliseconds from sending the request to the program, and to the answer."""
    started = time.time_ns()
    session = connection.create(name="launch", cmd=PROGRAM[0], args=PROGRAM[1])
    answered = time.time_ns()
    api.wait(session, "Completed")
    return (int(api.logs(session)) - started) / 1e6, (answered - started) / 1e6


def measure(server, launches, is_root):
    """Medians over `launches`, taken in turns, in milliseconds."""
    api = Api(server, server.administrator)
    bare = BareBubblewrap(is_root)
    connection = Connection(server)
    through_roost(api, connection)
    bare.launch()
    pairs = [(through_roost(api, connection), bare.launch()) for _ in range(launches)]
    connection.close()
    bare.close()
    return {
        "roost": statistics.median(ran for (ran, _), _ in pairs),
        "answer": statistics.median(answered for (_, answered), _ in pairs),
        "bare": statistics.median(bare for _, bare in pairs),
    }
