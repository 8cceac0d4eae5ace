"""What the log says nothing of: who votes is nobody's business, so an address of voting leaves no line with a time.

Our web server writes no access log; Django writes a line for each answer that is a refusal. A failure of the program is written all
the same, without what was sent (`sensitive_variables` in the views).
"""

import logging

VOTING = "/stemmen/"
# Where codes are given out, and where votes of others are typed: these are neither counted nor timed.
UNCOUNTED = (VOTING, "/stemcode/", "/hulppunt/", "/papier/")


def is_uncounted(path: str) -> bool:
    """Whether figures and slow lines say nothing of this address: a count with a time could be laid beside a ballot."""
    return any(part in path for part in UNCOUNTED)


class NoVotes(logging.Filter):
    """Leaves out what is said of a request for a page of voting, unless the program failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        path = getattr(getattr(record, "request", None), "path_info", "")
        return VOTING not in path or record.levelno >= logging.ERROR
