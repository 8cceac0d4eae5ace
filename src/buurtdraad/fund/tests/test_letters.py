"""The letter of a decision: what it says, its marks as PDF/UA, how it goes out, and what begins then."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test asks for as many as it needs)

import io
from decimal import Decimal

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.fund.actions.letters import CannotSend, make_known
from buurtdraad.fund.models import Application, Letter, Payee, View
from buurtdraad.fund.queries.letters import facts_of, plain
from buurtdraad.fund.queries.letters_after import of_settlement
from buurtdraad.fund.rules import objection_until
from buurtdraad.fund.states import Ground, Outcome, SentBy
from buurtdraad.fund.tests.decisions import WORDS, days_ago, decided, in_english, linda, pot, proposed  # noqa: F401
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message
from buurtdraad.money.models import Payment
from buurtdraad.places.queries import touched_by
from buurtdraad.ui import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "city_with_a_name")]


def known(decision, by, sent_by=SentBy.EMAIL, on=None):
    make_known(decision, sent_by=sent_by, on=on or days_ago(0), by=by, at=timezone.now())


def text_of(facts):
    sections = [line for section in facts["sections"] for line in (*section["paragraphs"], *section.get("rows", ()))]
    return "\n".join([*facts["paragraphs"], *sections])


def test_the_letter_is_tagged_dutch_and_has_its_headings_in_order(decided, rules):
    type(rules.scheme).objects.update(objection_address="Postbus 1, 3500 AA Utrecht")
    decision = decided(outcome=Outcome.PARTLY, amount=4500, ground=Ground.NOT_PAID)
    with pikepdf.open(io.BytesIO(pdf.render("fund/letter.typ", facts_of(decision)))) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("nl")
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
        tags = tags_of(document.Root.StructTreeRoot)
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 5
    assert tags.index("/H1") < tags.index("/H2")


def tags_of(node):
    """The names of all marks, in the order in which they are read."""
    found = [str(node.S)] if "/S" in node else []
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and ("/S" in child or "/K" in child):
            found += tags_of(child)
    return found


def test_the_letter_says_the_amount_the_reasons_and_how_to_object(decided, rules):
    type(rules.scheme).objects.update(objection_address="Postbus 1, 3500 AA Utrecht")
    decision = decided(outcome=Outcome.PARTLY, amount=4500, ground=Ground.NOT_PAID)
    decision.application.costs.update(accepted=4500, reason="Eten betaalt het fonds niet.")
    facts = facts_of(decision, on=days_ago(0))
    said = text_of(facts)
    assert [section["title"] for section in facts["sections"]]
    for part in (
        "€\u00a04.500",
        "€\u00a05.000",
        WORDS,
        "Eten betaalt het fonds niet.",
        "Postbus 1, 3500 AA Utrecht",
        "Awb",
        rules.scheme.name,
    ):
        assert part in said
    assert str(objection_until(days_ago(0)).year) in said
    assert facts["to"] == ["Kees Vermeer", "Wilgenhof 12, Utrecht"]


def test_the_view_is_named_once_and_only_when_it_was_given(decided, priya):
    decision = decided(outcome=Outcome.PARTLY, amount=4500, ground=Ground.NOT_PAID)
    without = text_of(facts_of(decision))
    now = timezone.now()
    View.objects.create(
        application=decision.application,
        about="Minder",
        asked_by=priya.uuid,
        asked_at=now,
        give_by=days_ago(0),
        words="Jammer",
        given_at=now,
    )
    assert len(text_of(facts_of(decision)).splitlines()) == len(without.splitlines()) + 1


def test_who_gets_nothing_reads_nothing_of_paying_or_reports(decided):
    titles = [section["title"] for section in facts_of(decided(outcome=Outcome.REFUSED, amount=0, ground=Ground.NOT_PAID))["sections"]]
    assert len(titles) == 3


def test_every_letter_begins_with_the_day_of_the_decision_and_ends_with_a_phone_number(decided, settings):
    settings.CITY_PHONE, settings.DEMO = "14 030", True
    decision = decided()
    settled = of_settlement(decision, amount=decision.amount, ground="as_granted", words="Goed gedaan.", paid=Decimal(0))
    assert str(timezone.localdate(decision.taken_at).year) in facts_of(decision)["paragraphs"][0]
    for facts in (facts_of(decision), settled, plain(decision.application, "Vraag", ["Wat kost de tent?"], may_answer=True)):
        assert facts["demo"] is True
        assert "14 030" in facts["signature"][-1]
        assert pdf.render("fund/letter.typ", facts).startswith(b"%PDF")


def test_hostile_words_stay_words(decided, proposed, bas):
    decision = decided()
    Application.objects.update(applicant_name='<script>alert(1)</script> #panic("x") $x$')
    decision.refresh_from_db()
    assert pdf.render("fund/letter.typ", facts_of(decision)).startswith(b"%PDF")


# --- sending --------------------------------------------------------------------------------------------


def test_when_the_letter_goes_out_the_decision_counts_and_the_applicant_hears_it(decided, bas, kees):
    decision = decided()
    known(decision, bas)
    letter = Letter.objects.get(decision=decision)
    assert (decision.known_on, letter.sent_by, letter.sent_on, letter.noted_by) == (days_ago(0), "email", days_ago(0), bas.uuid)
    assert letter.facts == facts_of(decision, on=days_ago(0))
    told = Message.objects.get(contact__person=kees)
    assert (told.kind, told.link) == ("decision", f"/fonds/aanvragen/{decision.application.uuid}/")
    event = Event.objects.get(verb="decision.made_known")
    assert set(event.touches) == set(touched_by(["BU03440241"]))
    assert "Kees" not in str(event.payload)


def test_what_was_granted_is_owed_from_the_day_the_letter_goes_out_and_not_before(decided, bas):
    decision = decided()
    Payee.objects.create(application=decision.application, holder="K. Vermeer", iban="NL91ABNA0417164300")
    assert not Payment.objects.exists()
    known(decision, bas)
    assert Payment.objects.get().amount == 5000


def test_a_decision_is_made_known_once(decided, bas):
    decision = decided()
    known(decision, bas)
    with pytest.raises(WrongStage):
        known(decision, bas, SentBy.POST)


@pytest.mark.parametrize("day", [1, -1])
def test_no_letter_goes_out_before_the_decision_or_in_the_future(decided, bas, day):
    with pytest.raises(CannotSend):
        known(decided(), bas, on=days_ago(day))


def test_mail_goes_only_to_who_chose_it_and_confirmed_an_address(decided, bas, kees):
    decision = decided()
    Application.objects.update(send_by=SentBy.POST)
    with pytest.raises(CannotSend, match="did not choose"):
        known(decision, bas)
    Application.objects.update(send_by=SentBy.EMAIL)
    type(kees).objects.filter(pk=kees.pk).update(confirmed_at=None)
    with pytest.raises(CannotSend, match="confirmed"):
        known(decision, bas)
    known(decision, bas, SentBy.HANDED)
    assert decision.letter.sent_by == SentBy.HANDED


@pytest.mark.parametrize(
    ("outcome", "amount", "ground", "stage"),
    [(Outcome.GRANTED, 5000, "", PlanStage.DOING), (Outcome.REFUSED, 0, Ground.NOT_PAID, PlanStage.PLAN)],
)
def test_the_plan_goes_on_when_the_decision_is_known(decided, bas, outcome, amount, ground, stage):
    decision = decided(outcome=outcome, amount=amount, ground=ground)
    initiative = decision.application.initiative
    type(initiative).objects.update(stage=PlanStage.DECISION)
    known(decision, bas)
    initiative.refresh_from_db()
    assert initiative.stage == stage


def test_a_letter_that_was_sent_says_how(decided):
    decision = decided()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(decision=decision).update(sent_on=days_ago(0))
