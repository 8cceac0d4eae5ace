"""The demo city on its first day: its story, what waits for whom, and that it begins again the same."""

from collections import Counter

import pytest
from django.core.management import call_command
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
from buurtdraad.messages.models import Contact
from buurtdraad.pages.work import waiting_for
from buurtdraad.places.models import Area, AreaYear, Membership
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.models import Report as CouncilReport
from buurtdraad.reports.models import Standing
from buurtdraad.reports.queries.drafts import values_in
from buurtdraad.reports.queries.standing import count_standing
from buurtdraad.running.demo.actions import begin_again, load_demo
from buurtdraad.running.demo.cast import CAST
from buurtdraad.running.demo.story import STORY
from buurtdraad.running.demo.waiting import CALLS

pytestmark = pytest.mark.django_db


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


def test_the_report_of_the_half_year_says_that_58_of_the_62_were_answered_in_time(first_day):
    first_day.post("/demo/kijk-als/noor/")
    offered = first_day.get("/werk/rapport/").context["form"].initial
    answer = first_day.post("/werk/rapport/", offered, follow=True)
    report = answer.context["report"]
    values = values_in(report)
    assert (values["wensen-op-tijd-zuilen-oost"].words, values["wensen-aan-de-beurt-zuilen-oost"].words) == ("58", "62")
    # It can be published, and "Begin opnieuw" begins again without it; outside the demo it stays (reports/tests/test_report_life.py).
    people = {person.demo_role: person for person in Person.objects.exclude(demo_role=None)}
    at = timezone.now()
    reviewing.send_to_read(report, by=people["noor"], at=at)
    reviewing.say_read(report, by=people["joris"], at=at)
    reviewing.approve(report, by=people["anouk"], at=at)
    reviewing.publish(report, by=people["noor"], at=at)
    reviewing.correct(report, "Op pagina 2 staat een fout.", by=people["noor"], at=at)
    begin_again()
    assert not CouncilReport.objects.exists()


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


def test_on_the_first_day_something_waits_for_each_of_them_and_again_after_begin_again(first_day):
    def waiting():
        people = Person.objects.filter(demo_role__in=expected)
        lines = {person.demo_role: waiting_for(person, on=timezone.localdate()).lines for person in people}
        return {slug: dict(Counter(kind.name for kind, _item in found)) for slug, found in lines.items()}

    expected = {
        "joris": {"calls": 2, "to_answer": 5, "evenings": 1, "joiners": 1, "findings": 9},
        "samira": {"calls": 1, "to_answer": 4, "to_read": 1, "evenings": 1, "findings": 4, "budget_rounds": 1},
        "hamid": {"reports": 3, "to_read": 1},
        "ria": {"reports": 3, "destruction": 1, "mails": 1, "payments": 1},
        "noor": {"promises": 1, "lessons": 1, "placement_lessons": 1, "findings": 5, "budget_rounds": 1},
    }
    assert waiting() == expected
    Contact.objects.all().delete()
    Report.objects.all().delete()
    first_day.post("/demo/opnieuw/")
    assert waiting() == expected


def test_the_slip_of_emine_shows_how_her_wish_stands(first_day):
    assert "Uw wens over een bank en schaduw is klaar" in first_day.post("/nakijken/", {"number": "wens-" + CALLS[0].slip[4:]}).text


def test_how_it_stands_is_counted_on_the_first_day_and_again_after_begin_again(first_day):
    counted = count_standing(timezone.localdate())
    assert Standing.objects.get().numbers == counted
    assert counted["wensen-op-tijd"] not in {None, "0"}
    Standing.objects.update(numbers={})
    begin_again()
    assert Standing.objects.get().numbers == counted


def test_the_cast_has_its_duties_once_and_again_after_begin_again(first_day):
    def held():
        rows = DutyHeld.objects.values_list("person__demo_role", "duty", "area__code")
        return sorted((slug, duty, code or "") for slug, duty, code in rows)

    expected = sorted((role.slug, duty.value, code) for role in CAST for duty, code in role.duties)
    assert held() == expected
    given = set(DutyHeld.objects.values_list("pk", flat=True))
    load_demo()
    assert set(DutyHeld.objects.values_list("pk", flat=True)) == given
    joris = DutyHeld.objects.filter(person__demo_role="joris").first()
    DutyHeld.objects.filter(pk=joris.pk).update(until_on=joris.from_on)
    first_day.post("/demo/opnieuw/")
    assert held() == expected
    assert not DutyHeld.objects.exclude(until_on=None).exists()
