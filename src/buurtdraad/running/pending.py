"""Whether the database has the tables that this code needs: names of migrations, compared. Loads no migration."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import connection


@cache
def known() -> frozenset[tuple[str, str]]:
    """Room and name of every migration of the code that runs."""
    return frozenset(
        (room.label, file.stem)
        for room in apps.get_app_configs()
        for file in (Path(room.path) / "migrations").glob("*.py")
        if not file.stem.startswith(("_", "~"))
    )


def pending() -> list[str]:
    """The migrations that the database lacks, as `room.name`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted(f"{room}.{name}" for room, name in known() - set(cursor.fetchall()))
