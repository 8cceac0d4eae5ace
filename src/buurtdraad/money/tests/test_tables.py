"""The files of money: all rows, sent while they are read, and in them what the pages tell."""

import csv
import io

import pytest

from buurtdraad.initiatives.models import InitiativeAgreement, InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Commitment
from buurtdraad.money.tests.conftest import NOW, TODAY
from buurtdraad.works.conftest import make_work  # noqa: F401
from buurtdraad.works.models import WorkAnswers

pytestmark = pytest.mark.django_db
TABLE = f"/en/geld/GM0344/geld.csv?jaar={TODAY.year}"


def rows_in(answer):
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


@pytest.fixture
def here(make_pot):
    return make_pot("5000", area="BU03440241", year=TODAY.year)


@pytest.fixture
def answering(make_initiative, make_wish):
    """Makes plans that answer a wish of their own."""

    def make(title, **facts):
        plan, wish = make_initiative(title, **facts), make_wish(f"Wens van {title} met eigen woorden")
        InitiativeWish.objects.create(initiative=plan, wish=wish)
        return plan, str(wish.reference)

    return make


def test_each_promise_is_told_with_what_it_is_for_and_its_wishes(
    client,
    here,
    *,
    promise,
    answering,
    make_initiative,
    make_work,  # noqa: F811 (a fixture)
    agreement,
):
    """Of a plan its own wishes, else of the topic that it carries out; of an agreement those of its topic; of a work what it answers."""
    (garden, mine), (secret, _not_told), does = (
        answering("Wilgentuin"),
        answering("Geheim", showing=Showing.PRIVATE),
        make_initiative("Bankjes"),
    )
    for plan in (garden, does):
        InitiativeAgreement.objects.create(initiative=plan, agreement=agreement)
    works = make_work("Speelplek"), make_work("Geheim werk", public=False)
    wish = garden.answers_wishes.get().wish
    for work in works:
        WorkAnswers.objects.create(work=work, wish=wish, since=NOW)
    facts = {"pot": here, "area": agreement.area, "amount": 7, "made_at": NOW, "told_on": TODAY}
    for link in ({"work": works[0], "kind": "work"}, {"work": works[1], "kind": "work"}, {"agreement": agreement, "kind": "agreement"}):
        Commitment.objects.create(**facts, **link)
    for plan in (garden, does, secret):
        promise(here, 100, plan)
    of_topic = str(agreement.topic.wishes.get().reference)
    assert sorted((row["What for"], row["Wishes"]) for row in rows_in(client.get(TABLE))) == sorted([
        ("Wilgentuin", mine), ("Bankjes", of_topic), ("A plan of residents", ""), ("Speelplek", mine),
        ("A project of the municipality", ""), (agreement.what, of_topic),
    ])  # fmt: skip


def test_both_files_are_sent_while_they_are_read_with_as_many_questions_for_more_rows(
    client, signed_in, noor, *, here, promise, answering, django_assert_max_num_queries
):
    keeper = signed_in(noor)
    for number in range(3):
        promise(here, 100, answering(f"Plan {number}")[0])
        for eyes, path, most in ((client, TABLE, 5), (keeper, f"/en/werk/geld/pot/{here.uuid}/kasboek.csv", 9)):
            with django_assert_max_num_queries(most):
                answer = eyes.get(path)
                assert answer.streaming
                rows = rows_in(answer)
            assert sum("100.00" in row.values() for row in rows) == number + 1
