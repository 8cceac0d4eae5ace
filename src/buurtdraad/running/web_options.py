"""How granian is told to serve: said once, for the supervisor and for the bench that measures what it serves."""

WEB_OPTIONS = (
    "--interface", "wsgi", "--no-ws",
    # Half-open connections may not hold a place.
    "--http1-header-read-timeout", "5000",
    "--backpressure", "8000",
    # Requests at once in one process: enough that some slow visitors hold nobody up, few enough not to fight over one interpreter.
    "--blocking-threads", "16",
)  # fmt: skip

# Each thread of glibc keeps a heap of its own, and gives little back: with one, a process that serves is 11 MB smaller.
# Only one thread runs Python at a time, so they hardly wait for each other.
WEB_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}
