"""What the fund has of a person goes with the draft, and the rest when its time is past."""

# ruff: noqa: F811 (a fixture is named like what it is)
import datetime

import pytest
from django.utils import timezone

from buurtdraad.fund.actions import objecting
from buurtdraad.fund.actions.ending import revoke, withdraw
from buurtdraad.fund.models import Application, Decision, Objection, Payee
from buurtdraad.fund.own import actions, past, queries
from buurtdraad.fund.states import Stage
from buurtdraad.fund.tests.decisions import linda  # noqa: F401
from buurtdraad.fund.tests.granted import IBAN, big_pot, decide_on, granted  # noqa: F401
from buurtdraad.money.models import Commitment
from buurtdraad.money.queries.ledger import differences

pytestmark = pytest.mark.django_db


def after(years):
    return timezone.localdate() + datetime.timedelta(days=round(years * 365.25) + 2)


def pks(found):
    return list(found.values_list("pk", flat=True))


def test_a_draft_goes_with_its_person_and_what_was_sent_stays_without_the_way_to_them(make_application, kees):
    draft, sent = make_application(stage=Stage.DRAFT), make_application()
    Payee.objects.create(application=draft, holder="Kees", iban=IBAN)
    assert len(queries.personal_data(kees)["aanvragen"]) == 2
    actions.erase(kees, at=timezone.now())
    assert pks(Application.objects.all()) == [sent.pk]
    sent.refresh_from_db()
    assert (sent.contact, sent.send_by, sent.applicant_name) == (None, "post", "Kees Vermeer")
    assert queries.personal_data(kees) == {}


def test_what_was_taken_back_goes_after_a_year(make_application):
    application = make_application()
    withdraw(application, by=None, at=timezone.now())
    assert not past.broken_off_due(after(0.9))
    assert actions.destroy_broken_off(pks(past.broken_off_due(after(1))), on=after(1)) == 1
    assert not Application.objects.exists()


def test_a_grant_goes_after_seven_years_and_its_money_stays_in_the_ledger(granted, bas):
    application = granted().application
    revoke(application, words="x", on_request=True, by=bas, at=timezone.now())
    assert not past.granted_due(after(6.9))
    assert actions.destroy_granted(pks(past.granted_due(after(7))), on=after(7)) == 1
    assert not Decision.objects.exists()
    assert Commitment.objects.exists()
    assert not differences()


def test_while_there_is_an_objection_the_request_stays(granted, bas):
    decision = granted()
    made = objecting.receive(decision, words="Nee", received_on=timezone.localdate(), by=None, at=timezone.now())
    objecting.withdraw(made, by=None, at=timezone.now())
    revoke(decision.application, words="x", on_request=True, by=bas, at=timezone.now())
    assert not past.granted_due(after(8))
    assert actions.destroy_objections_inadmissible(pks(past.objections_inadmissible_due(after(1))), on=after(1)) == 1
    assert not Objection.objects.exists()
    assert past.granted_due(after(8)).exists()


def test_what_is_not_due_is_not_destroyed_although_it_stands_on_the_list(make_application):
    application = make_application()
    assert actions.destroy_granted([application.pk], on=after(9)) == 0
    assert Application.objects.exists()
