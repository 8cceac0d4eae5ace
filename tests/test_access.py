"""Every address states who may use it, and answers every role as `docs/access.md` says."""

import re

import pytest
from django.test import Client
from django.urls import path

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.audit.models import Event
from buurtdraad.lib.access import EVERYBODY, allow, rule_of
from tests import access
from tests.reading import ROOT

TABLE = ROOT / "docs/access.md"
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|", re.MULTILINE)
PARTS = 6
AGAIN = "run ./run access_table > docs/access.md and read what changed"


def test_every_address_states_its_rule():
    assert not [one.pattern for one in access.addresses() if one.rule is None], "put @allow(...) above the view"


def test_the_table_names_every_address_with_its_rule():
    assert dict(ROW.findall(TABLE.read_text())) == {one.pattern: one.rule.name for one in access.addresses()}, AGAIN


def test_the_page_around_the_table_counts_its_rows_and_tells_every_rule():
    text = TABLE.read_text()
    assert access.with_all([line for line in text.splitlines() if line.startswith("| `")]) == text, AGAIN


def test_no_address_stands_twice():
    patterns = [one.pattern for one in access.addresses()]
    assert len(patterns) == len(set(patterns))


def test_an_address_without_a_rule_is_seen():
    (found,) = access.walk([path("zonder/", lambda request: None, name="without")])
    assert (found.pattern, found.rule) == ("/zonder/", None)


def test_a_rule_leaves_what_the_page_cache_reads():
    from buurtdraad.pages import views

    assert rule_of(views.area) is EVERYBODY
    assert views.indicator.cached_query == {"jaar"}

    def page(request):
        return None

    page.cached_query = frozenset({"jaar"})
    assert allow(EVERYBODY)(page).cached_query == {"jaar"}


@pytest.mark.django_db
def test_every_parameter_of_an_address_has_a_sample():
    world = access.World()
    paths = [world.path(one) for one in access.addresses()]
    assert not [one for one in paths if "<" in one]


# A colleague without a duty of staff says there what they think of a plan (who asks for the money is not named), keeps their project
# sheets, and looks at a neighbourhood before a proposal: nothing of a resident stands there.
OF_COLLEAGUES = ("/werk/fonds/advies/", "/werk/projecten/", "/werk/buurtcheck/")


def is_of_a_colleague(address: str, role: str) -> bool:
    return role == Duty.EMPLOYEE.value and (address == "/werk/" or address.startswith(OF_COLLEAGUES))


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_all_answers_are_those_of_the_table_and_none_is_an_error_of_ours(part):
    """In parts, since asking every address as everybody takes minutes. Asking changes nothing, and outsiders reach nothing of staff."""
    world, among = access.World(), access.addresses()[part::PARTS]
    before = (DutyHeld.objects.count(), Event.objects.count())
    found = access.answers(world, among)
    assert not {key: said for key, said in found.items() if said.startswith("5")}
    work = {key: said for key, said in found.items() if key[0].startswith("/werk/") and not is_of_a_colleague(*key[:2])}
    outsiders = (access.VISITOR, access.SIGNED_IN, access.WEAK, *(duty.value for duty in Duty if duty not in STAFF))
    assert work
    assert not {key: said for key, said in work.items() if key[1] in outsiders and said[:3] not in ("302", "403", "404")}
    assert not {access.row(one, found) for one in among}.difference(TABLE.read_text().splitlines()), AGAIN
    assert (DutyHeld.objects.count(), Event.objects.count()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
@pytest.mark.parametrize("page", ["/werk/taken/", "/werk/logboek/", "/mijn/taken/"])
def test_the_other_languages_keep_the_same_rule(prefix, page):
    assert Client().get(prefix + page).status_code == 302
