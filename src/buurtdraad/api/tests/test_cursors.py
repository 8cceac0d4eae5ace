"""Walking a list gives every row once, in its order; a cursor that is none is a wrong question."""

import base64
import datetime
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.api.paging import closed, fields_of, in_order, write
from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.tests.city import AT
from buurtdraad.figures.models import Measurement

pytestmark = pytest.mark.django_db
DAYS = st.none() | st.sampled_from([datetime.date(2026, 1, day) for day in (1, 2, 3)])
AS_IT_WAS = base64.urlsafe_b64encode(json.dumps(["-given_at", "2026-01-01T00:00:00Z", 1]).encode()).decode()
NONSENSE = [
    "",
    "x",
    "====",
    "a" * 500,
    "é",
    "%00",
    "\0",
    "🧵",
    "W10",
    "bnVsbA",
    base64.urlsafe_b64encode(b"[" * 370).decode(),
    " ",
    base64.urlsafe_b64encode(json.dumps(["-given_at", "2026-01-01T00:00:00Z", 1]).encode()).decode(),
]


def walked(rows, order, size):
    """The keys of all rows, page by page."""
    found, cursor = [], None
    while True:
        page = list(in_order(rows, order, cursor)[: size + 1])
        found += [row.pk for row in page[:size]]
        if len(page) <= size:
            return found
        cursor = write(page[size - 1], order)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days=st.lists(DAYS, max_size=12), size=st.integers(1, 5), way=st.sampled_from(["", "-"]))
def test_every_row_comes_once_also_with_equal_and_empty_values(city, days, size, way):
    with transaction.atomic():
        topic = Topic.objects.first()
        facts = {"topic": topic, "area": topic.version.area, "what": "Een bank", "made_at": AT}
        Agreement.objects.bulk_create([Agreement(pk=100 + one, number=100 + one, due_on=day, **facts) for one, day in enumerate(days)])
        rows = Agreement.objects.filter(number__gte=100)
        expected = list(rows.order_by(f"{way}due_on", f"{way}pk").values_list("pk", flat=True))
        assert walked(rows, f"{way}due_on", size) == expected
        assert len(expected) == len(days)
        transaction.set_rollback(True)


@pytest.mark.parametrize("way", ["", "-"])
def test_rows_with_a_key_of_several_columns_come_once_too(city, way):
    order = f"{way}indicator_id,year,area_id"
    found = walked(Measurement.objects.all(), order, 3)
    assert len(found) == len(set(found)) == Measurement.objects.count()
    fields = [f"{way}{field}" for field in fields_of(order)]
    assert found == [row.pk for row in Measurement.objects.order_by(*fields)]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
def test_every_order_of_every_list_gives_every_row_once(resource, city, walk):
    for sort in resource.sorts:
        ways = []
        for way in ("", "-"):
            pages = [page.json()["results"] for page in walk(f"/{resource.name}", sorteer=f"{way}{sort}", aantal=2)]
            ways.append([one["url"] for page in pages for one in page])
        assert len(ways[0]) == len(set(ways[0])) > 1
        assert ways[0] == ways[1][::-1]


def cursor_of(*values):
    return closed(values)


def opened_by_others(cursor):
    """What somebody reads who takes the cursor for the JSON that it once was."""
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


def test_a_cursor_tells_nothing_and_stays_the_same(city, ask):
    following = [ask("/wensen", aantal=1).json()["next"] for _ in range(2)]
    assert following[0] == following[1]
    told = opened_by_others(parse_qs(urlsplit(following[0]).query)["cursor"][0])
    assert b"given_at" not in told
    assert str(AT.year).encode() not in told


def test_a_cursor_of_another_city_or_changed_is_none(city, ask, settings):
    following = ask("/wensen", aantal=1).json()["next"]
    assert ask(following).status_code == 200
    changed = following[:-2] + ("AA" if following[-2:] != "AA" else "BB")
    assert ask(changed).status_code == 400
    settings.SECRET_KEY = "of another city, which is long enough for a key of this product"
    assert ask(following).status_code == 400


@pytest.mark.parametrize(
    "cursor",
    [
        *NONSENSE,
        cursor_of("given_at", None, 1), cursor_of("-given_at"), cursor_of("-given_at", "x", 1), cursor_of("-given_at", "2026-01-01", "x"),
        cursor_of("-given_at", "2026-01-01T00:00:00", 1), cursor_of("-given_at", "2026-13-01T00:00:00Z", 1),
        cursor_of("-given_at", "2026-01-01T00:00:00Z", [1]), cursor_of("-given_at", "2026-01-01T00:00:00Z", None),
        cursor_of("-given_at", "2026-01-01T00:00:00Z", 2**70), cursor_of("-given_at", "\0", 1), cursor_of("-given_at", "\ud800", 1),
        cursor_of("-given_at", {"a": 1}, 1), cursor_of("-given_at", float("nan"), 1), cursor_of("-given_at", True, 1),
    ],
)  # fmt: skip
def test_a_cursor_that_is_none_is_a_wrong_question(cursor, ask):
    response = ask("/wensen", cursor=cursor)
    assert response.status_code == 400
    assert [one["name"] for one in response.json()["invalidParams"]] == ["cursor"]


def test_a_cursor_holds_for_the_order_in_which_it_was_given(city, ask):
    following = ask("/wensen", aantal=1).json()["next"]
    assert ask(following).status_code == 200
    assert ask(f"{following}&sorteer=nummer").status_code == 400
