"""The table of everything that the real clients were asked to do, and what came back."""

from pathlib import Path

WIDTH = 110


def shown(value, width=WIDTH):
    """`value` in one line of at most `width` characters."""
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


class Report:
    """Collects calls; each distinct call is one row that counts how often it was made."""

    def __init__(self):
        self.rows = {}

    def add(self, client, call, result):
        """Notes that `client` made `call`. The first result is the one that is shown."""
        key = (client, shown(call, 80))
        if key in self.rows:
            self.rows[key][0] += 1
        else:
            self.rows[key] = [1, shown(result)]

    def lines(self):
        """The table as Markdown."""
        yield "| client | call | times | came back |"
        yield "|---|---|---|---|"
        for (client, call), (times, result) in sorted(self.rows.items(), key=lambda row: row[0][0]):
            yield f"| {client} | `{escaped(call)}` | {times} | `{escaped(result)}` |"

    def write(self, path):
        """Writes the table to `path`."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(self.lines()) + "\n", encoding="utf-8")


def escaped(text):
    """`text` so that it fits into a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("`", "'")
