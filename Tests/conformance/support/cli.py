"""The `canfar` command, run in a home directory of its own."""

import os
import subprocess
import sys
from pathlib import Path


class Canfar:
    """Runs `canfar` with its settings in environment variables or in a saved configuration."""

    def __init__(self, home, report, **environment):
        self.home = Path(home)
        self.home.mkdir(parents=True, exist_ok=True)
        self.report = report
        self.complaint = ""
        self.opened = self.home / "opened-urls"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "NO_PROXY": "127.0.0.1", "NO_COLOR": "1",
            "TERM": "dumb", "COLUMNS": "200", "LANG": "C.UTF-8", "BROWSER": f"{self._browser()} %s", **environment,
        }

    def _browser(self):
        """A web browser that only notes what it was asked to open."""
        script = self.home / "browser"
        script.write_text(f'#!/bin/sh\necho "$1" >> {self.opened}\n', encoding="utf-8")
        script.chmod(0o755)
        return script

    def save_configuration(self, text):
        """Writes the configuration file that `canfar login` would have left."""
        file = self.home / ".canfar" / "config.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def __call__(self, *arguments, expect=0):
        """Runs one command and returns its stdout (its stderr is `complaint`); anything but the expected exit status fails the test."""
        result = subprocess.run(
            [str(Path(sys.executable).with_name("canfar")), *arguments], env=self.environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
        self.complaint = result.stderr
        outcome = f"exit {result.returncode}: {result.stdout or result.stderr}"
        self.report.add("canfar 1.5.2 command", f"canfar {generic(arguments)}", outcome)
        assert result.returncode == expect, f"canfar {' '.join(arguments)}\n{outcome}\n{result.stderr}"
        return result.stdout


def generic(arguments):
    """The command line with long values cut, so that equal commands share a row."""
    return " ".join(word if len(word) < 40 else word[:39] + "…" for word in arguments)
