"""The rights of the database role that web processes and the worker have: rows, never tables; of events, only new ones."""

from django.db.backends.base.base import BaseDatabaseWrapper

from buurtdraad.running.cluster import APP

APPEND_ONLY = ("audit_event", "audit_seal")


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
