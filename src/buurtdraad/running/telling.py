"""What the supervisor says to the person at the terminal, or to what gathers its lines."""

import datetime
import json
import sys

from buurtdraad.running import addresses


def say(text: str) -> None:
    """A line of the log, on standard error; as JSON where the city has its log so."""
    if addresses.named("LOG_FORMAT") == "json":
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        text = json.dumps({"time": at, "level": "INFO", "logger": "buurtdraad.running.supervisor", "message": text}, ensure_ascii=False)
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def show(text: str) -> None:
    """What a person wants to know, on standard output."""
    print(text, flush=True)  # noqa: T201
