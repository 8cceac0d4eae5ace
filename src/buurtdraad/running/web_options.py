"""How granian is told to serve: one list, for the supervisor and for the bench that measures what it serves."""

WEB_OPTIONS = (
    "--interface", "wsgi", "--no-ws",
    # Half-open connections may not hold a place.
    "--http1-header-read-timeout", "5000",
    "--backpressure", "8000",
    # Requests at once in one process: enough that some slow visitors hold nobody up, few enough not to fight over one interpreter.
    "--blocking-threads", "16",
)  # fmt: skip
