"""The schemes that come with the product."""

import datetime
import itertools
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund.actions import loading
from buurtdraad.fund.models import Outage, PenaltyRate, PriceCap, Scheme, SchemeRules
from buurtdraad.fund.queries import rules as asked
from buurtdraad.fund.states import Accounting, Activity

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def loaded(areas):
    return loading.load_schemes(at=timezone.now())


def test_every_scheme_is_loaded_once_with_its_source(loaded):
    assert (loaded.schemes, loaded.versions, loaded.rates) == (3, 7, 2)
    assert loading.load_schemes(at=timezone.now()) == loading.Loaded()
    assert Event.objects.filter(verb="rules.loaded").count() == 1
    assert not SchemeRules.objects.filter(source="").exists()
    assert [scheme.municipality for scheme in Scheme.objects.filter(ours=True)] == ["Utrecht"]


def test_the_command_says_what_is_new(areas, capsys):
    call_command("load_schemes")
    assert "3 schemes" in capsys.readouterr().out


def test_the_fund_of_utrecht_has_three_forms(loaded):
    ours = asked.our_scheme()
    old, middle, now = (asked.rules_on(ours, day(text)) for text in ("2019-05-01", "2023-05-01", "2026-05-01"))
    assert [asked.by_round(rules, Decimal(25000)) for rules in (old, middle, now)] == [True, False, False]
    assert (middle.most, now.most) == (20000, 35000)
    assert asked.rules_on(ours, day("2015-06-30")) is None
    assert [asked.band_of(now, Decimal(amount)).accounting for amount in (5000, 5001, "20000.01", 99999)] == [
        Accounting.AT_ONCE,
        Accounting.LIGHT,
        Accounting.FULL,
        Accounting.FULL,
    ]
    assert not asked.is_small(now, Decimal(650))


def test_between_its_forms_there_is_no_day_without_rules(loaded):
    versions = list(SchemeRules.objects.filter(scheme=asked.our_scheme()).order_by("from_on"))
    assert all(after.from_on - before.until_on == datetime.timedelta(days=1) for before, after in itertools.pairwise(versions))


def test_haarlem_pays_for_each_guest_and_rotterdam_in_rounds(loaded):
    haarlem = asked.rules_on(Scheme.objects.get(municipality="Haarlem"), day("2026-05-01"))
    assert asked.cap_of(haarlem, Activity.STREET_PARTY) == 500
    assert asked.cap_of(haarlem, Activity.MEAL, 40) == 400
    assert asked.cap_of(haarlem, Activity.MEAL) is None
    assert asked.cap_of(haarlem, Activity.GREEN) is None
    rotterdam = asked.rules_on(Scheme.objects.get(municipality="Rotterdam"), day("2022-06-01"))
    assert [asked.by_round(rotterdam, Decimal(amount)) for amount in (2500, 2501)] == [False, True]


def test_who_decides_up_to_which_amount(loaded):
    now = asked.rules_on(asked.our_scheme(), day("2026-05-01"))
    assert asked.mandate_for(now, ["area_adviser"], Decimal(900), small=False) is None
    assert asked.mandate_for(now, ["area_adviser"], Decimal(900), small=True).up_to == 1000
    assert asked.mandate_for(now, ["fund_decider"], Decimal(35000), small=False).up_to == 35000
    assert asked.mandate_for(now, ["fund_decider"], Decimal("35000.01"), small=False) is None


def test_bands_that_do_not_reach_the_highest_amount_are_refused(areas):
    scheme = {"slug": "proef", "name": "Proef", "municipality": "Proefstad"}
    rules = {"from_on": day("2026-01-01"), "most": 5000, "source": "Bedacht", "decides": "iemand"}
    with pytest.raises(loading.BadScheme), transaction.atomic():
        loading.load_scheme({"scheme": scheme, "rules": [rules | {"bands": [{"up_to": 4000}]}]}, at=timezone.now())


@pytest.mark.parametrize(
    "facts",
    [
        {"until_on": day("2019-01-01")},
        {"most": 0},
        {"least": 36000},
        {"weeks": 0},
        {"small_on": True, "small_up_to": None},
    ],
)
def test_the_database_refuses_rules_that_cannot_be(rules, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeRules.objects.filter(pk=rules.pk).update(**facts)


def test_the_database_refuses_twice_the_same(rules):
    for model, facts in (
        (PriceCap, {"rules": rules, "activity": Activity.MEAL, "most": 10}),
        (PenaltyRate, {"from_on": day("2026-01-01"), "first": 1, "second": 2, "third": 3}),
    ):
        model.objects.create(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**facts)


def test_the_database_refuses_a_failure_that_ends_before_it_begins(rules, priya):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.create(from_on=day("2026-03-02"), until_on=day("2026-03-01"), words="", noted_by=priya.uuid, noted_at=timezone.now())


def test_the_note_of_our_rules_says_that_nobody_named_a_source_for_the_objection_address(db):
    loading.load_schemes(at=timezone.now())
    now = SchemeRules.objects.filter(scheme__ours=True, until_on=None).get()
    assert now.scheme.objection_address
    assert "adres voor bezwaar" in now.note
