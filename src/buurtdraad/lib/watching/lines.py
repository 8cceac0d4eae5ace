"""A line of the log: with the number of its request, and without addresses of people, passwords in addresses, and query strings."""

import logging
import re

from buurtdraad.lib.watching.seen import number

# What stands around an @ without a space: e-mail addresses, and a password in the address of a server.
ADDRESS = re.compile(r"[^\s@\"'<>(),;\\]+@[^\s@\"'<>(),;\\]+")
QUERY = re.compile(r"\?[^\s\"'\\?=]+=[^\s\"'\\]*")


def scrubbed(text: str) -> str:
    """The text with an … in place of what people type."""
    if "@" in text:
        text = ADDRESS.sub("…", text)
    return QUERY.sub("?…", text) if "?" in text else text


class Line(logging.Formatter):
    """Time, level, logger, the number of the request where there is one, and the message."""

    def format(self, record: logging.LogRecord) -> str:
        of_request = number()
        record.numbered = f" [{of_request}]" if of_request else ""
        return scrubbed(super().format(record))
