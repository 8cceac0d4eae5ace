"""The two kinds of database that the supervisor serves from: its own, and the city's server."""

import sys
from typing import Protocol

import psycopg

from buurtdraad.running import addresses
from buurtdraad.running.cluster import ClusterBroken
from buurtdraad.running.home import Home
from buurtdraad.running.migrating import bring_up_to_date, is_up_to_date
from buurtdraad.running.tenancy import Tenancy


class Database(Protocol):
    """What the supervisor asks of a database."""

    def start(self) -> None: ...
    def bring_up_to_date(self) -> None: ...
    def environment(self) -> dict[str, str]: ...
    def is_running(self) -> bool: ...
    def is_empty(self) -> bool: ...
    def stop(self) -> None: ...


class EmbeddedDatabase:
    """The cluster in the data folder: the supervisor starts it, or joins one that runs, and stops it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.tenancy: Tenancy | None = None

    def start(self) -> None:
        self.tenancy = self.tenancy or Tenancy(self.home)
        if not (self.tenancy.cluster.data / "PG_VERSION").exists():
            print("Making the database (once)…", file=sys.stderr, flush=True)  # noqa: T201
        self.tenancy.enter()

    def bring_up_to_date(self) -> None:
        assert self.tenancy is not None
        bring_up_to_date(self.home, self.tenancy.cluster)

    def environment(self) -> dict[str, str]:
        assert self.tenancy is not None
        return addresses.embedded(self.home, self.tenancy.cluster, as_owner=False)

    def is_running(self) -> bool:
        return self.tenancy is not None and self.tenancy.cluster.postmaster() is not None

    def is_empty(self) -> bool:
        return has_no_places(self.environment()["DATABASE_URL"])

    def stop(self) -> None:
        if self.tenancy is not None:
            self.tenancy.leave(stop=True)


class CityServer:
    """The server of DATABASE_URL: somebody else starts and stops it, and migrates it before a new version serves."""

    def start(self) -> None:
        addresses.of_the_city(as_owner=False)

    def bring_up_to_date(self) -> None:
        if not is_up_to_date(self.environment()):
            raise ClusterBroken("The database lacks migrations: run the command 'migrate' first.")

    def environment(self) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "buurtdraad.settings", "DATABASE_URL": addresses.named("DATABASE_URL")}

    def is_running(self) -> bool:
        return True  # /readyz tells who asks; the pool connects again by itself

    def is_empty(self) -> bool:
        return has_no_places(self.environment()["DATABASE_URL"])

    def stop(self) -> None:
        pass


def has_no_places(url: str) -> bool:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute("SELECT NOT EXISTS (SELECT FROM places_area)").fetchone()
    return bool(row and row[0])
