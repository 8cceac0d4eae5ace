"""Which database a command talks to, as whom, and what else Django reads from the environment."""

import os

import psycopg
from environs import FileAwareEnv

from buurtdraad.running.cluster import APP, OWNER, Cluster, ClusterBroken
from buurtdraad.running.home import Home


def named(setting: str) -> str:
    """The value of a setting, from the environment or from the file that `<setting>_FILE` names; else nothing."""
    return FileAwareEnv(strip_whitespace=True).str(setting, "")


def embedded(home: Home, cluster: Cluster, *, as_owner: bool) -> dict[str, str]:
    """What to set to work on the embedded database of this folder, while it runs."""
    return {
        "DJANGO_SETTINGS_MODULE": "buurtdraad.settings",
        "BUURTDRAAD_HOME": str(home.folder),
        "BUURTDRAAD_EMBEDDED": "1",
        "DATABASE_URL": cluster.url(OWNER if as_owner else APP),
        "SECRET_KEY": named("SECRET_KEY") or home.secret_key(),
        "DEMO": os.environ.get("DEMO") or "1",
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
