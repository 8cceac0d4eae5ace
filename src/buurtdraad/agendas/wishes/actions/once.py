"""One form or note that was sent twice is one deed."""

import zlib

from django.db import connection

ONCE = 0x6F6E63


def one_at_a_time(mark: str | None) -> None:
    """Hold the others who come with the same mark until this transaction ends, so that they find what it did."""
    if mark:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONCE, zlib.crc32(mark.encode()) - 2**31])
