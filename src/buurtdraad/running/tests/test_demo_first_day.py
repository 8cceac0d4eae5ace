"""The demo city on its first day: its story, its money, what waits for whom, and that it begins again the same."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from buurtdraad.accounts.models import DutyHeld, Person, Report
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries.room import sticker_result
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.queries.promise import promise_of
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.audit.models import Event
from buurtdraad.figures.models import Measurement
from buurtdraad.fund.access import may_decide
from buurtdraad.fund.models import Application, Decision
from buurtdraad.fund.queries.applications import costs_of
from buurtdraad.fund.queries.clock import days_left
from buurtdraad.fund.queries.ease import ease_since
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.support import support_of
from buurtdraad.messages.models import Contact
from buurtdraad.method.queries.runs import run_in, state_of
from buurtdraad.money.models import Commitment, Payment, Pot
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.states import PaymentStage
from buurtdraad.pages.work import waiting_for
from buurtdraad.places.models import Area, AreaYear, Membership
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.models import Report as CouncilReport
from buurtdraad.reports.models import Standing
from buurtdraad.reports.queries.drafts import values_in
from buurtdraad.reports.queries.standing import count_standing
from buurtdraad.running.demo.actions import load_demo
from buurtdraad.running.demo.cast import CAST
from buurtdraad.running.demo.purse import FUND
from buurtdraad.running.demo.story import STORY
from buurtdraad.running.demo.waiting import CALLS

pytestmark = pytest.mark.django_db


def the_request():
    return Application.objects.get(initiative__slug="wilgentuin")


def sums():
    pots = {(str(pot), pot.amount, pot.committed, pot.paid) for pot in Pot.objects.all()}
    return pots, sorted(Application.objects.values_list("number", "stage", "asked")), set(Initiative.objects.on_site().values_list("slug"))


def rows_of(*models):
    return [sorted(map(str, model.objects.values_list())) for model in models]


def test_who_looks_as_linda_finds_what_she_confirms_on_her_page(first_day):
    first_day.post("/demo/kijk-als/linda/")
    page = first_day.get("/mijn/").text
    assert "Klopt dit nog? De Vechtoever" in page
    address = page.split('href="/mijn/klopt-het/')[1].split('"')[0]
    assert "Twaalf bomen" in first_day.get(f"/mijn/klopt-het/{address}").text


def test_the_wishes_of_zuilen_oost_are_those_of_the_story(first_day):
    wishes = Wish.objects.filter(reference__startswith="ZO-")
    channels = Counter(wishes.values_list("channel", flat=True))
    assert (channels["paper"], channels["web"], channels["phone"] + channels["door"], channels["spoken"]) == (25, 19, 14, 6)
    promise = promise_of(codes_of("zuilen-oost"), timezone.localdate())
    assert (promise.in_time, promise.due, promise.open) == (58, 62, 2)
    assert Wish.objects.get(reference="ZO-42").stage == Stage.DONE
    topics = Topic.objects.filter(version__area__code="zuilen-oost")
    assert (topics.count(), topics[0].votes, topics[0].votes_total, topics[0].people) == (3, 31, 141, 47)
    agreements = Counter(Agreement.objects.filter(area__code="zuilen-oost").values_list("stage", flat=True))
    assert agreements == {"done": 3, "running": 4, "later": 1, "todo": 1}
    evening = Meeting.objects.get(title="Buurtavond: wat kiezen we samen?")
    result = sticker_result(evening)
    assert (result.stickers, result.people, result.lines[0].wish.reference, result.lines[0].stickers) == (141, 47, "ZO-42", 31)


def test_every_wish_that_is_due_has_an_answer_somewhere(first_day):
    """Whoever gave a wish finds out what became of it."""
    late = Wish.objects.filter(answered_at=None, answer_by__lt=timezone.localdate())
    assert not late.exists()
    assert not Wish.objects.filter(answers=None, answered_at__isnull=False, head=None).exists()


def test_loading_twice_changes_nothing(first_day, settings):
    models = (Area, AreaYear, Membership, Measurement, Person, Wish, Meeting, Agreement)
    before, events = rows_of(*models), Event.objects.count()
    settings.DEMO = True
    call_command("load_demo")
    assert rows_of(*models) == before
    assert Event.objects.count() == events


def test_every_step_of_the_story_leads_to_a_page(first_day):
    page = first_day.get("/demo/")
    for step in STORY:
        assert str(step.title) in page.text
    addresses = [part.partition('"')[0] for part in page.text.partition("<ol")[2].partition("</ol>")[0].split('href="')[1:]]
    assert len(addresses) == len([step for step in STORY if not step.role])
    for address in addresses:
        assert first_day.get(address).status_code == 200
    for number, step in enumerate(STORY):
        if step.role:
            there = first_day.post(f"/demo/kijk-als/{step.role}/", {"step": number}, follow=True)
            assert (there.status_code, there.resolver_match.view_name) == (200, step.url_name)


def test_overvecht_is_at_step_six_and_zuilen_oost_began_like_it(first_day):
    overvecht, zuilen = run_in("WK034403"), run_in("zuilen-oost")
    assert [(state_of(one).number, len(one.steps.all())) for one in (overvecht, zuilen)] == [(6, 7), (3, 7)]
    assert (zuilen.like, zuilen.deviations.count(), bool(zuilen.differently and zuilen.because)) == (overvecht, 1, True)
    assert overvecht.decisions.count() == 3
    assert {one.takes_part for one in zuilen.partners.all()} == {True}


def test_the_slip_of_emine_shows_how_her_wish_stands(first_day):
    assert "Uw wens over een bank en schaduw is klaar" in first_day.post("/nakijken/", {"number": "wens-" + CALLS[0].slip[4:]}).text


WAITING = {
    "joris": {"calls": 2, "to_answer": 5, "evenings": 1, "joiners": 1, "findings": 9},
    "samira": {"calls": 1, "to_answer": 4, "to_read": 1, "evenings": 1, "findings": 4, "budget_rounds": 1},
    "hamid": {"reports": 3, "to_read": 1},
    "ria": {"reports": 3, "destruction": 1, "mails": 1, "payments": 1},
    "noor": {"promises": 1, "lessons": 1, "placement_lessons": 1, "findings": 5, "budget_rounds": 1},
}


def waiting():
    people = Person.objects.filter(demo_role__in=WAITING)
    lines = {person.demo_role: waiting_for(person, on=timezone.localdate()).lines for person in people}
    return {slug: dict(Counter(kind.name for kind, _item in found)) for slug, found in lines.items()}


def duties():
    rows = DutyHeld.objects.values_list("person__demo_role", "duty", "area__code")
    return sorted((slug, duty, code or "") for slug, duty, code in rows)


def draft_of_the_half_year(client):
    client.post("/demo/kijk-als/noor/")
    offered = client.get("/werk/rapport/").context["form"].initial
    return client.post("/werk/rapport/", offered, follow=True).context["report"]


def published(report):
    """Read, approved, published and corrected: outside the demo it stays (reports/tests/test_report_life.py)."""
    people = {person.demo_role: person for person in Person.objects.exclude(demo_role=None)}
    at = timezone.now()
    reviewing.send_to_read(report, by=people["noor"], at=at)
    reviewing.say_read(report, by=people["joris"], at=at)
    reviewing.approve(report, by=people["anouk"], at=at)
    reviewing.publish(report, by=people["noor"], at=at)
    reviewing.correct(report, "Op pagina 2 staat een fout.", by=people["noor"], at=at)


def test_the_report_of_the_half_year_says_that_58_of_the_62_were_answered_in_time(first_day):
    values = values_in(draft_of_the_half_year(first_day))
    assert (values["wensen-op-tijd-zuilen-oost"].words, values["wensen-aan-de-beurt-zuilen-oost"].words) == ("58", "62")


def test_the_cast_has_its_duties_once(first_day):
    given = set(DutyHeld.objects.values_list("pk", flat=True))
    load_demo()
    assert set(DutyHeld.objects.values_list("pk", flat=True)) == given


def test_begin_again_gives_the_same_first_day_whatever_was_done(first_day):
    """One time, after all that was done: it takes as long as loading the demo."""
    counted, was = count_standing(timezone.localdate()), sums()
    of_the_cast = sorted((role.slug, duty.value, code) for role in CAST for duty, code in role.duties)
    assert (waiting(), duties(), Standing.objects.get().numbers) == (WAITING, of_the_cast, counted)
    assert counted["wensen-op-tijd"] not in {None, "0"}

    published(draft_of_the_half_year(first_day))
    Contact.objects.all().delete()
    Report.objects.all().delete()
    Standing.objects.update(numbers={})
    joris = DutyHeld.objects.filter(person__demo_role="joris").first()
    DutyHeld.objects.filter(pk=joris.pk).update(until_on=joris.from_on)
    first_day.post("/demo/kijk-als/bas/")
    first_day.post(f"/werk/fonds/{the_request().uuid}/besluit/")
    assert sums() != was
    first_day.post("/demo/opnieuw/")

    assert (waiting(), duties(), Standing.objects.get().numbers, sums()) == (WAITING, of_the_cast, counted, was)
    assert not DutyHeld.objects.exclude(until_on=None).exists()
    assert not CouncilReport.objects.exists()
    assert differences() == []
    assert set(Commitment.objects.filter(amount=0).values_list("initiative__showing", flat=True)) == {"private"}


def free():
    pot = Pot.objects.get(name=FUND, year=the_request().complete_on.year)
    return pot.free


def test_the_numbers_of_the_wilgentuin_are_those_of_the_story(first_day):
    request = the_request()
    voices = support_of(request.initiative).voices
    assert (voices.says_for, voices.against, voices.neutral) == (84, 6, 14)
    assert sum(line.amount for line in request.costs.all()) == 15_600
    assert (request.asked, request.accepted, request.proposal.amount) == (12_400, 11_900, 11_900)
    assert costs_of(request) == 15_100
    assert 7 <= days_left(request, timezone.localdate()) <= 11
    assert "Alexandertuin" in first_day.get("/initiatieven/wilgentuin/").text
    assert "Overvecht" in first_day.get("/fonds/").text
    assert "Samen eten in de Vogelenbuurt" in first_day.get(f"/fonds/register/?jaar={timezone.localdate().year - 1}").text


def test_bas_decides_in_one_click_and_the_thread_names_the_money(first_day):
    request, before = the_request(), free()
    priya, bas = (Person.objects.get(demo_role=slug) for slug in ("priya", "bas"))
    assert (may_decide(priya, request), may_decide(bas, request)) == (False, True)
    address = f"/werk/fonds/{request.uuid}/besluit/"
    first_day.post("/demo/kijk-als/priya/")
    assert first_day.post(address).status_code == 403
    first_day.post("/demo/kijk-als/bas/")
    assert first_day.post(address).status_code == 302
    decision = Decision.objects.get(application=request)
    assert before - free() == decision.amount == Decimal(11_900)
    day = timezone.localdate().isoformat()
    sent = first_day.post(f"/werk/fonds/brieven/{decision.uuid}/", {"sent_by": "post", "on": day})
    decision.refresh_from_db()
    assert (sent.status_code, decision.known_on) == (302, timezone.localdate())
    first_day.post("/demo/stop/")
    assert "11.900" in first_day.get("/wensen/ZO-42/").text
    money = first_day.get("/geld/BU03440241/").text
    assert "11.900" in money
    assert "/wensen/ZO-42/" in money
    assert "Vermeer" not in money


def test_nothing_in_the_demo_is_paid_late(first_day):
    today = timezone.localdate()
    assert not Payment.objects.filter(stage=PaymentStage.DUE, due_on__lt=today).exists()
    assert not Payment.objects.filter(paid_on__gt=F("due_on")).exists()
    # Who pays has something to do on the first day.
    assert Payment.objects.filter(stage=PaymentStage.DUE).exists()


def test_how_easy_asking_is_can_be_said_of_the_demo(first_day):
    figures = ease_since(timezone.localdate() - datetime.timedelta(days=365), at=timezone.now())
    assert 5 <= figures.minutes <= 25
    assert figures.screens in {6, 7}
    assert figures.how
    assert figures.words
