"""A database as an earlier state of the migrations had it, with a row in each table that takes one, written down to compare.

Run as a program, on the database of DATABASE_URL: `python -m buurtdraad.running.tests.earlier`. Says as JSON which rows there are.
"""

import datetime
import json
import sys
import uuid

import django
from django.db import Error, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

# No version was released yet. This is the state of before works, coherence and reports (28 November 2026); a release adds its own.
EARLIER = {
    "accounts": "0011_voting_links",
    "audit": "0002_only_grows",
    "challenges": "0001_initial",
    "fund": "0004_criteria_stay",
    "lib": "0001_limits",
    "method": "0001_initial",
    "money": "0003_kept_for",
    "partners": "0001_initial",
    "reports": None,
    "works": None,
}
AT = datetime.datetime(2026, 11, 1, 9, 0, tzinfo=datetime.UTC)


def main() -> None:
    django.setup()
    executor = MigrationExecutor(connection)
    executor.migrate(targets(executor))
    # From here on as the executor sees it: the models as they were.
    apps = MigrationExecutor(connection).loader.project_state(targets(executor)).apps
    fill(apps)
    json.dump(rows(), sys.stdout)


def targets(executor):
    """The leaves of the graph, with the earlier name for the rooms that have one."""
    leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in EARLIER]
    wanted = leaves + [(room, name) for room, name in EARLIER.items() if name]
    behind = {node for target in wanted for node in executor.loader.graph.forwards_plan(target)}
    later = {(room, name) for room, name in behind if room in EARLIER and (EARLIER[room] is None or name > EARLIER[room])}
    # A leaf that stands on something later is no part of that earlier state.
    return [node for node in wanted if not later & set(executor.loader.graph.forwards_plan(node))]


def fill(apps):
    """One row in each table, as far as its rules allow a row without a story; a table that needs another comes after it."""
    made = {}
    todo = [model for model in apps.get_models(include_auto_created=False) if model._meta.app_label != "procrastinate"]
    for _ in range(4):
        for model in [model for model in todo if model not in made]:
            try:
                with transaction.atomic():
                    row = model(**{field.attname: value(field, made) for field in model._meta.concrete_fields if needs(field)})
                    row.save(force_insert=True)
                    connection.check_constraints()
                    made[model] = row
            except (Error, KeyError):
                continue


def needs(field):
    return not (field.null or field.has_default() or field.has_db_default() or isinstance(field, models.AutoField) or field.generated)


def value(field, made):
    """Something that fits; of a key the row that it points to. Raises `KeyError` when there is none yet."""
    if field.is_relation:
        return made[field.related_model].pk
    if field.choices:
        return field.choices[0][0]
    kinds = {
        models.UUIDField: uuid.uuid4(),
        models.DateTimeField: AT,
        models.DateField: AT.date(),
        models.TimeField: AT.time(),
        models.JSONField: {},
        models.BooleanField: False,
        models.BinaryField: b"x" * 32,
        models.EmailField: "kees@example.nl",
        models.CharField: "kees"[: field.max_length],
        models.TextField: "kees",
        models.DecimalField: 1,
        models.IntegerField: 2025,
        models.FloatField: 1.0,
    }
    return next((found for kind, found in kinds.items() if isinstance(field, kind)), [])


def rows():
    """Every row of every table as text, by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' ORDER BY 1")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t')
            found[table] = [row if isinstance(row, dict) else json.loads(row) for (row,) in cursor.fetchall()]
        return found


if __name__ == "__main__":
    if sys.argv[1:] == ["rows"]:
        django.setup()
        json.dump(rows(), sys.stdout)
    else:
        main()
