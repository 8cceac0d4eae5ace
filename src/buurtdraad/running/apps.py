import atexit

from django.apps import AppConfig
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper


class RunningConfig(AppConfig):
    name = "buurtdraad.running"

    def ready(self) -> None:
        # The threads of a pool that is still open keep a process that ends waiting, five seconds each.
        atexit.register(close_pools)


def close_pools() -> None:
    """Close every connection of this process and the pools that they came from."""
    for connection in connections.all(initialized_only=True):
        # A command that needs no database (the tally) has none that could be closed.
        if isinstance(connection, DatabaseWrapper):
            connection.close()
            connection.close_pool()
