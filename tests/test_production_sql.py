"""The SQL in docs/running.md makes a database that the product can use, and that its web role cannot alter."""

import os
import re
import secrets
import subprocess
import sys

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.reading import PACKAGE, ROOT

APP = "buurtdraad_app"


def statements(database):
    """The statements of the docs for a database of this name; the roles are there already, as in every cluster of tests."""
    block = re.search(r"```sql\n(.*?)```", (ROOT / "docs/running.md").read_text(), re.DOTALL)[1]
    renamed = re.sub(r"\bDATABASE buurtdraad\b", f"DATABASE {database}", block)
    return [one for one in renamed.split(";\n") if one.strip() and not one.startswith("CREATE ROLE")]


@pytest.fixture(scope="module")
def documented():
    """A connection string to a database made and migrated as the docs say, as its owner."""
    server = os.environ["DATABASE_URL"]
    name = f"documented_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements(name):
            connection.execute(statement)
    try:
        url = f"{server.rpartition('/')[0]}/{name}"
        environment = os.environ | {"DATABASE_URL": url, "SECRET_KEY": "only for this test, " * 3, "PYTHONPATH": str(PACKAGE.parent)}
        made = subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=environment, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        yield make_conninfo(**conninfo_to_dict(server) | {"dbname": name})
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def as_app(documented, statement):
    with psycopg.connect(documented) as connection:
        connection.execute(f"SET ROLE {APP}")
        return connection.execute(statement)


def test_the_app_role_may_connect_and_nobody_else(documented):
    with psycopg.connect(documented) as connection:
        rights = connection.execute("SELECT datacl::text FROM pg_database WHERE datname = current_database()").fetchone()[0]
    assert re.findall(r"[{,]([\w]*)=(\w+)", rights) == [("buurtdraad_owner", "CTc"), (APP, "Tc")]


@pytest.mark.parametrize("statement", ["SELECT count(*) FROM places_area", "CREATE TEMPORARY TABLE t (a int)", "DELETE FROM places_area"])
def test_the_app_role_can_do_its_work(documented, statement):
    as_app(documented, statement)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_event", "UPDATE audit_event SET verb = ''", "CREATE TABLE t (a int)", "DROP TABLE audit_event"]
)
def test_the_app_role_can_do_no_more(documented, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app(documented, statement)
