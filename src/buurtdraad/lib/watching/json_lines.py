"""A line of the log as one JSON object (`LOG_FORMAT=json`), for a program that gathers them."""

import datetime
import logging
import time
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from buurtdraad.lib.watching.lines import scrubbed
from buurtdraad.lib.watching.seen import current


class JsonLine(JsonFormatter):
    """Only the fields named here. What else a library hangs on its lines (the request itself, arguments of a job) stays out."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["time"] = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        log_data["level"], log_data["logger"] = record.levelname, record.name
        log_data["message"] = scrubbed(record.getMessage())
        if seen := current.get():
            log_data["request_id"] = seen.number
            log_data["duration_ms"] = round((time.perf_counter() - seen.began) * 1000, 1)
            if seen.view:
                log_data["view"] = seen.view
            if status := getattr(record, "status_code", None) or seen.status:
                log_data["status"] = status
        if record.exc_info:
            log_data["traceback"] = scrubbed(str(self.formatException(record.exc_info)))
