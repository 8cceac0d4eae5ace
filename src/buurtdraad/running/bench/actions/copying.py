"""Many copies of what the demo made: whole trees of rows (a plan with its people, needs, opinions), by the database itself.

A copy has another area, other days, other people and a number in its name; what belongs together stays together, so each constraint of
the product holds. The numbers of rows follow from the number of the copy, so the same order gives the same city. Only for measuring.
"""
# ruff: noqa: S608 (the names in the statements are those of our own tables)

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area

ASIDE = "bench_"  # how the tables of one order begin: they are gone when it ends
WORDS = [
    "Acacia", "Beuk", "Ceder", "Den", "Eik", "Fuchsia", "Geranium", "Hazelaar", "Iris", "Jasmijn", "Kastanje", "Linde", "Meidoorn",
    "Narcis", "Olm", "Populier", "Roos", "Spar", "Tulp", "Violier", "Wilg", "Zonnebloem", "Berk", "Esdoorn", "Klaver", "Lavendel", "Vlier",
]  # fmt: skip
ENDS = ["straat", "plein", "laan", "hof", "pad", "kade", "weg", "park", "dreef", "plantsoen", "steeg"]
# Nearly half of all things are in a sixth of the areas.
TURN = "floor(power((n * 7919 % 104729) / 104729.0, 2.2) * 1000)::bigint"
AREAS = """
CREATE TEMPORARY TABLE bench_area ON COMMIT DROP AS
SELECT area.id, kind, row_number() OVER (PARTITION BY kind ORDER BY code) - 1 AS rank, count(*) OVER (PARTITION BY kind) AS size,
    coalesce(latitude, 0) AS latitude, coalesce(longitude, 0) AS longitude
FROM places_area AS area LEFT JOIN LATERAL (
    SELECT latitude, longitude FROM places_areayear WHERE area_id = area.id ORDER BY year DESC LIMIT 1
) AS drawn ON true
"""


@dataclass(frozen=True)
class Tree:
    """What is copied: the rows of a table, and all rows of its room that cannot be without them.

    `ended` (SQL on the root) are things of the past: nine copies of ten, over three years. The others are of now: `days` says how far
    at most they move. `alter` gives columns by table another expression; `also` are models of other rooms with their field that leads
    into the tree, `owns` fields of the tree that lead to what is copied along, `without` models that stay as they are.
    """

    root: type[models.Model]
    ended: str = "true"
    days: int = -14
    alter: Mapping[str, str] = field(default_factory=dict)
    owns: Sequence[tuple[type[models.Model], str]] = ()
    also: Sequence[tuple[type[models.Model], str]] = ()
    without: Sequence[type[models.Model]] = ()
    among: str = "true"


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


def run(statement: str, facts: Sequence[Any] | Mapping[str, Any] | None = None) -> int:
    """One statement; how many rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return cursor.rowcount


def one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def begin() -> None:
    """The tables that copies of any tree look into: areas of one kind in a row, and everybody who is no staff."""
    run(AREAS)
    run("CREATE UNIQUE INDEX ON bench_area (id)")
    run("CREATE UNIQUE INDEX ON bench_area (kind, rank)")


def number(model: type[models.Model], where: str) -> None:
    """Lay rows that stand already in the order of their number, so that copies can be linked to them."""
    name = f"{ASIDE}copy_{table(model)}"
    run(
        f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY id) AS n, id AS made FROM {table(model)}"
        f" WHERE {where}"
    )
    run(f"CREATE UNIQUE INDEX ON {name} (n)")


def copy(tree: Tree, count: int, *, known: Iterable[type[models.Model]] = ()) -> dict[str, int]:
    """Make `count` copies of the tree's roots; `known` are models numbered before, that links lead to. Rows made, by table."""
    steps = branches(tree)
    for model, way in steps.items():
        lay_out(model, way)
    apart = strides(steps)
    choose(tree, count, apart[tree.root])
    made = {}
    for model in steps:
        made[table(model)] = run(insert(model, tree, apart, known))
        run(f"SELECT setval(pg_get_serial_sequence('{table(model)}', 'id'), (SELECT max(id) FROM {table(model)}))")
    for model in steps:
        run(f"ANALYZE {table(model)}")
        run(f"DROP TABLE {of(model)}")
    return made


def branches(tree: Tree) -> dict[type[models.Model], str]:
    """Every model of the tree, parents first, with the SQL that finds the rows of the first ones and the root each belongs to."""
    root = tree.root
    found = {root: f"SELECT id AS pk, id AS root FROM {table(root)} WHERE {tree.among}"}
    waiting = [root]
    while waiting:
        parent = waiting.pop(0)
        for child, column in children(parent, tree):
            if child not in found:
                found[child] = f"SELECT t.id AS pk, p.root FROM {table(child)} AS t JOIN {of(parent)} AS p ON p.pk = t.{column}"
                waiting.append(child)
        for owner, name in tree.owns:
            owned = key(owner, name).related_model
            if owner is parent and owned not in found:
                found[owned] = f"SELECT DISTINCT t.{name}_id AS pk, p.root FROM {table(owner)} AS t JOIN {of(owner)} AS p ON p.pk = t.id"
                found[owned] += f" WHERE t.{name}_id IS NOT NULL"
                waiting.append(owned)
    return found  # keys are looked at when the transaction ends, so the order does not matter to them


def children(parent: type[models.Model], tree: Tree) -> list[tuple[type[models.Model], str]]:
    """The models of the same room that need a row of this one, and those named by the tree, with the column that leads here."""
    own = [
        (link.related_model, link.field.column)
        for link in parent._meta.related_objects
        if isinstance(link.field, models.ForeignKey) and not link.field.null
        and link.related_model._meta.app_label == parent._meta.app_label == tree.root._meta.app_label
        and link.related_model not in tree.without
    ]  # fmt: skip
    named = [(model, key(model, name)) for model, name in tree.also]
    return own + [(model, found.column) for model, found in named if found.related_model is parent]


def key(model: type[models.Model], name: str) -> models.ForeignKey:
    """A field of a model that leads to another."""
    found = model._meta.get_field(name)
    assert isinstance(found, models.ForeignKey)
    return found


def of(model: type[models.Model]) -> str:
    return f"{ASIDE}of_{table(model)}"


def lay_out(model: type[models.Model], way: str) -> None:
    run(f"CREATE TEMPORARY TABLE {of(model)} ON COMMIT DROP AS {way}")
    run(f"CREATE INDEX ON {of(model)} (pk, root)")


def choose(tree: Tree, count: int, step: int) -> None:
    """Which root each copy is of, and where and when it is."""
    root = table(tree.root)
    name, roots = f"{ASIDE}copy_{root}", f"SELECT id, ({tree.ended}) AS ended FROM {root} JOIN {of(tree.root)} AS o ON o.pk = id"
    run(f"""
        CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS
        WITH roots AS ({roots}), two AS (
            SELECT coalesce(array_agg(id ORDER BY id) FILTER (WHERE ended), array_agg(id ORDER BY id)) AS past,
                coalesce(array_agg(id ORDER BY id) FILTER (WHERE NOT ended), array_agg(id ORDER BY id)) AS now FROM roots
        ), picked AS (
            SELECT n, CASE WHEN n % 10 > 0 THEN past[1 + n * 31 % cardinality(past)] ELSE now[1 + n / 10 % cardinality(now)] END AS root
            FROM two, generate_series(1, {count}::bigint) AS n
        )
        SELECT n, root, root + n * {step} AS made, {TURN} AS turn,
            CASE WHEN ended THEN -7 * (3 + n * 31 % 150) ELSE sign({tree.days}) * (n / 10 % (abs({tree.days}) + 1)) END::int AS days
        FROM picked JOIN roots ON roots.id = picked.root
    """)
    run(f"CREATE UNIQUE INDEX ON {name} (n)")


def strides(found: Iterable[type[models.Model]]) -> dict[type[models.Model], int]:
    """How far the numbers of one copy lie from those of the next, in each table: taken before any copy is made."""
    return {model: one(f"SELECT coalesce(max(id), 0) + 1 FROM {table(model)}") for model in found}


def insert(model: type[models.Model], tree: Tree, apart: Mapping[type[models.Model], int], known: Iterable[type[models.Model]]) -> str:
    """The statement that copies all rows of a table."""
    columns, values, joins = [], [], []
    for place, column in enumerate(model._meta.concrete_fields):
        if getattr(column, "generated", False):
            continue
        value = tree.alter.get(f"{model._meta.model_name}.{column.name}")
        if value is None and column.primary_key:
            value = f"t.id + c.n * {apart[model]}"
        elif value is None and isinstance(column, models.ForeignKey):
            value, join = linked(column, place, apart, known)
            joins.append(join)
        elif value is None:
            value = altered(model, column, root=model is tree.root)
        columns.append(f'"{column.column}"')
        values.append(value)
    return (
        f"INSERT INTO {table(model)} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table(model)} AS t"
        f" JOIN {of(model)} AS o ON o.pk = t.id JOIN {ASIDE}copy_{table(tree.root)} AS c ON c.root = o.root {' '.join(joins)}"
        " ON CONFLICT DO NOTHING"
    )


def linked(column: models.ForeignKey, place: int, apart: Mapping, known: Iterable[type[models.Model]]) -> tuple[str, str]:
    """Where a key of a copy leads: into the same copy, to an area beside it, to somebody else, or where it led before."""
    to, name, alias = column.related_model, f"t.{column.column}", f"j{place}"
    if to in apart:
        value = f"CASE WHEN {alias}.pk IS NULL THEN {name} ELSE {name} + c.n * {apart[to]} END"
        return value, f"LEFT JOIN {of(to)} AS {alias} ON {alias}.pk = {name} AND {alias}.root = o.root"
    if to is Area:
        join = f"LEFT JOIN bench_area AS {alias} ON {alias}.id = {name} LEFT JOIN bench_area AS {alias}b"
        join += f" ON {alias}b.kind = {alias}.kind AND {alias}b.rank = ({alias}.rank + c.turn) % {alias}.size"
        return f"{alias}b.id", join
    if to in known or to is Contact:
        size = one(f"SELECT count(*) FROM {ASIDE}copy_{table(to)}")
        join = f"LEFT JOIN {ASIDE}copy_{table(to)} AS {alias} ON {alias}.n = 1 + ({name} * 7919 + c.n * 104729) % {size}"
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE {alias}.made END", join
    if column.unique:
        return "NULL", ""
    return name, ""


def altered(model: type[models.Model], column: models.Field, *, root: bool) -> str:
    """A value of a copy that is no key: days move along, what has to be unique becomes so, places and texts of roots differ."""
    name = f't."{column.column}"'
    if isinstance(column, models.DateTimeField):
        return f"{name} + c.days * interval '1 day'"
    if isinstance(column, models.DateField):
        return f"{name} + c.days"
    if column.unique or column.name == "key":
        return distinct(column, name)
    if column.name in ("latitude", "longitude") and any(other.name == "area" for other in model._meta.concrete_fields):
        return f"""{name} + coalesce((SELECT b.{column.name} - a.{column.name} FROM bench_area AS a JOIN bench_area AS b
            ON b.kind = a.kind AND b.rank = (a.rank + c.turn) % a.size WHERE a.id = t.area_id), 0)"""
    return varied(column, name) if root else name


def distinct(column: models.Field, name: str) -> str:
    """A value that no other copy has."""
    if isinstance(column, models.UUIDField):
        return f"md5({name}::text || c.n)::uuid"
    if column.name == "key":
        return f"left(md5({name} || c.n), {column.max_length})"
    if isinstance(column, models.CharField) and column.max_length:
        return f"CASE WHEN {name} = '' THEN '' ELSE left({name}, {column.max_length - 10}) || '-' || c.n END"
    return name


def varied(column: models.Field, name: str) -> str:
    """A title with a street of its own; a text in one line or on a page."""
    if column.name in ("title", "name") and isinstance(column, models.CharField) and column.max_length:
        words = f"({array(WORDS)})[1 + c.n * 13 % {len(WORDS)}] || ({array(ENDS)})[1 + c.n / {len(WORDS)} % {len(ENDS)}]"
        return f"left({name}, {column.max_length - 25}) || ', ' || {words}"
    if isinstance(column, models.TextField):
        return f"{name} || repeat(E'\\n\\n' || {name}, CASE WHEN c.n % 13 = 0 THEN 4 WHEN c.n % 5 = 0 THEN 1 ELSE 0 END)"
    return name


def array(words: Sequence[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]"
