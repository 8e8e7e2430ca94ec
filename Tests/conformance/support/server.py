"""A real `roost serve`, started and stopped as a person would."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from support.config import catalogue, settings
from support.waiting import eventually

REPOSITORY = Path(__file__).resolve().parents[3]
BINARY = Path(os.environ.get("ROOST_BINARY", REPOSITORY / ".build" / "debug" / "roost"))


@dataclass(frozen=True)
class Credentials:
    """What Roost gives a user."""

    url: str
    user: str
    token: str
    accessKey: str
    secretKey: str


class RoostServer:
    """One data directory and the server on it. Used as a context manager it is stopped at the end."""

    def __init__(self, directory, configuration=None, data=None):
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.data = Path(data) if data else self.directory / "data"
        self.images_file = self.directory / "images.yaml"
        self.images_file.write_text(json.dumps(catalogue()), encoding="utf-8")
        self.config_file = self.directory / "roost.yaml"
        self.config_file.write_text(json.dumps(settings(self.images_file, **(configuration or {}))), encoding="utf-8")
        self.stdout = self.directory / "stdout"
        self.stderr = self.directory / "stderr"
        self.process = None
        self.url = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def command(self, *arguments):
        """The command line that serves this data directory."""
        return [str(BINARY), "serve", "--data", str(self.data), "--listen", "127.0.0.1:0",
                "--config", str(self.config_file), *arguments]

    def start(self):
        """Starts the server and waits until it says that it is ready."""
        with open(self.stdout, "wb") as out, open(self.stderr, "ab") as err:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        line = eventually(self._ready_line, "the line `ready http://…`", deadline=60)
        self.url = line.removeprefix("ready ").strip()
        return self

    def _ready_line(self):
        text = self.stdout.read_text(encoding="utf-8")
        if self.process.poll() is not None:
            raise RuntimeError(f"roost exited with {self.process.returncode}: {self.errors()[-2000:]}")
        return text if text.startswith("ready ") and text.endswith("\n") else None

    def errors(self):
        """Everything that was written to stderr so far."""
        return self.stderr.read_text(encoding="utf-8", errors="replace")

    def signal(self, number):
        """Sends a signal and waits for the end; returns the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def kill(self):
        """Ends the server as a power cut would."""
        return self.signal(signal.SIGKILL)

    def stop(self):
        """Ends the server in good order, if it runs."""
        if self.process and self.process.poll() is None:
            try:
                self.signal(signal.SIGTERM)
            except subprocess.TimeoutExpired:
                self.kill()
                raise

    @property
    def administrator(self):
        """The user that the first start made."""
        return Credentials(**json.loads((self.data / "credentials.json").read_text(encoding="utf-8")))

    def add_user(self, name):
        """Makes a user with Roost's own command."""
        result = subprocess.run(
            [str(BINARY), "user", "add", name, "--data", str(self.data)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)
        assert result.returncode == 0, f"roost user add {name}: {result.stderr}"
        return Credentials(**json.loads(result.stdout))
