"""The rights of the database role that web processes and the worker have: rows, never tables; of events and the ledger, only new ones.

Of votes it reads the columns and not what the database keeps beside them (`xmin`, `ctid`): the row of a voter and that of their ballot
are written by one transaction, and those hidden columns would tell so.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from buurtdraad.running.cluster import APP

APPEND_ONLY = ("audit_event", "audit_seal", "money_entry")
ONLY_COLUMNS = ("budgets_register", "budgets_ballot", "budgets_claim", "budgets_paperentry", "budgets_castday")
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
    WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped
"""


def grant_app(connection: BaseDatabaseWrapper) -> None:
    """Grant the app role its rights on all tables. Does nothing where a city's database has no such role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP])
        if not cursor.fetchone():
            return
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP}")
        for table in APPEND_ONLY:
            cursor.execute("SELECT to_regclass(%s)", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}")
        for table in ONLY_COLUMNS:
            cursor.execute(COLUMNS, [table])
            columns = cursor.fetchone()[0]
            if columns:
                cursor.execute(f"REVOKE SELECT ON {table} FROM {APP}")  # noqa: S608 (names of ours)
                cursor.execute(f"GRANT SELECT ({columns}) ON {table} TO {APP}")
