"""What the servers of this suite are configured with: room for many sessions, and images made of the host's root."""

PYTHON = "/usr/bin/python3"
REGISTRY = "images.canfar.net"
TERMINAL = f"{REGISTRY}/skaha/terminal:1.1.2"
NOTEBOOK = f"{REGISTRY}/skaha/base-notebook:latest"
INTERACTIVE_LIMIT = 3

CAPACITY = {"cores": 16, "memoryGiB": 64, "gpus": 2}

# The ports that Skaha's own images listen on.
PORTS = {"notebook": 8888, "desktop": 6901, "carta": 6901, "contributed": 5000, "firefly": 8080}


def web_server(port):
    """A command that listens on `port`, as the program of an interactive image does."""
    return [PYTHON, "-m", "http.server", str(port)]


def image(name, tags, kinds):
    """One image of the catalogue."""
    return {"name": name, "tags": tags, "root": "/", "kinds": kinds}


def catalogue():
    """The image catalogue. JSON is YAML, so a file of it is both."""
    interactive = {kind: web_server(port) for kind, port in PORTS.items()}
    return {
        "registry": REGISTRY,
        "images": [
            image("skaha/terminal", ["1.1.1", "1.1.2", "latest"], {"headless": ["/bin/bash"]}),
            image("skaha/base-notebook", ["latest"], {"headless": ["/bin/bash"], "notebook": interactive["notebook"]}),
            *(image(f"skaha/{kind}", ["latest"], {kind: interactive[kind]})
              for kind in ("desktop", "carta", "contributed", "firefly")),
        ],
    }


def settings(images_file, **changes):
    """The server's configuration, with `changes` on top."""
    return {
        "capacity": CAPACITY,
        "limits": {"interactiveSessions": INTERACTIVE_LIMIT},
        "lifetimes": {"stopGraceSeconds": 2},
        "images": str(images_file),
        **changes,
    }
