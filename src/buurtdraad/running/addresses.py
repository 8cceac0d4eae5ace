"""Which database a command talks to, as whom, and what else Django reads from the environment."""

import importlib
import os
from collections.abc import Mapping
from types import ModuleType

import psycopg
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv

from buurtdraad.running.cluster import APP, OWNER, Cluster, ClusterBroken
from buurtdraad.running.home import Home


def named(setting: str) -> str:
    """The value of a setting, from the environment or from the file that `<setting>_FILE` names; else nothing."""
    try:
        return FileAwareEnv(strip_whitespace=True).str(setting, "")
    except ValueError as problem:
        raise ImproperlyConfigured(f"The settings in the environment are not right: {problem}") from None


def read_settings() -> ModuleType:
    """The settings as the environment has them now. Raises `ImproperlyConfigured` for nonsense."""
    try:
        return importlib.reload(importlib.import_module("buurtdraad.settings"))
    except ValueError as problem:
        raise ImproperlyConfigured(f"The settings in the environment are not right: {problem}") from None


def merged(extra: Mapping[str, str]) -> dict[str, str]:
    """The environment with these settings, also where it names a file for one of them."""
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in extra}
    return kept | dict(extra)


def take_on(extra: Mapping[str, str]) -> None:
    """Make these settings the ones that Django reads in this process."""
    environment = merged(extra)
    os.environ.clear()
    os.environ.update(environment)
    read_settings()


def embedded(home: Home, cluster: Cluster, *, as_owner: bool) -> dict[str, str]:
    """What to set to work on the embedded database of this folder, while it runs."""
    return {
        "DJANGO_SETTINGS_MODULE": "buurtdraad.settings",
        "BUURTDRAAD_HOME": str(home.folder),
        "BUURTDRAAD_EMBEDDED": "1",
        "DATABASE_URL": cluster.url(OWNER if as_owner else APP),
        "SECRET_KEY": named("SECRET_KEY") or home.secret_key(),
        "DEMO": home.demo(),
    }


def of_the_city(*, as_owner: bool) -> dict[str, str]:
    """What to set to work on the city's own server, of DATABASE_URL (DATABASE_OWNER_URL for the owner, where it is set).

    Raises `ClusterBroken` with the cause when it does not answer.
    """
    url = (as_owner and named("DATABASE_OWNER_URL")) or named("DATABASE_URL")
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as problem:
        setting = "DATABASE_OWNER_URL" if as_owner and named("DATABASE_OWNER_URL") else "DATABASE_URL"
        raise ClusterBroken(f"The database of {setting} cannot be used: {' '.join(str(problem).split())}") from None
    return {"DJANGO_SETTINGS_MODULE": "buurtdraad.settings", "DATABASE_URL": url}
