"""Waiting for something to become true."""

import time

DEADLINE = 30.0


def eventually(check, what, deadline=DEADLINE):
    """Calls `check` until it returns something true, and returns that; fails after `deadline` seconds.

    `check` may raise AssertionError to say "not yet"; the last one is shown if time runs out.
    """
    end = time.monotonic() + deadline
    last = None
    while True:
        try:
            last = check()
            if last:
                return last
        except AssertionError as error:
            last = error
        if time.monotonic() > end:
            raise AssertionError(f"waited {deadline} s for {what}; last seen: {last!r}")
        time.sleep(0.03)
