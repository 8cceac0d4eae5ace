"""Waiting for what another thread, process or machine does."""

import time

# Seconds after which a test gives up. No busy machine comes near it, so that it never decides whether a test passes.
PATIENCE = 600


def until(fact):
    """Wait for a fact, and return it; fails when it does not come."""
    deadline = time.monotonic() + PATIENCE
    while not (found := fact()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
    return found
