"""What is known of the request that this thread answers; nothing outside one."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Seen:
    """One request: its number, and what came of it so far. Nothing of who asked and no address."""

    number: str
    method: str
    began: float  # seconds of `time.perf_counter`
    view: str = ""  # name of the view, empty as long as none was found
    cache: str = "pass"  # what the page cache did: hit, miss or pass
    status: int = 0
    queries: int = 0
    database_seconds: float = 0


current: ContextVar[Seen | None] = ContextVar("seen", default=None)


def number() -> str:
    """The number of the request that this thread answers; empty outside one."""
    seen = current.get()
    return seen.number if seen else ""
