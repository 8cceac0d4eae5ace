"""Loading the demo city, and bringing it back to its first day."""

import datetime
from collections.abc import Callable
from pathlib import Path

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Model
from django.utils import timezone

from buurtdraad.accounts import actions as accounts
from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.destruction.actions import propose
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DestructionList, DutyHeld, Person, Report, Session
from buurtdraad.accounts.moderation import actions as moderation
from buurtdraad.accounts.moderation.states import Stage
from buurtdraad.agendas.models import (
    AgendaVersion,
    Agreement,
    Answer,
    Answered,
    AreaChoices,
    Batch,
    Giver,
    Meeting,
    Series,
    SpokenNote,
    Step,
    Wish,
)
from buurtdraad.challenges.actions import load_programme
from buurtdraad.figures import actions as figures
from buurtdraad.figures.sources.rows import Origin
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages import actions as messages
from buurtdraad.messages.models import Contact, Mail, Message, Slip
from buurtdraad.messages.states import Kind as About
from buurtdraad.messages.states import Stage as Sending
from buurtdraad.messages.states import Way
from buurtdraad.pages.destruction.kinds import due
from buurtdraad.partners.models import Organisation
from buurtdraad.places import actions as places
from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.places.sources.table import areas_from_points
from buurtdraad.running.demo import city
from buurtdraad.running.demo.actions import budgets, money, near, works
from buurtdraad.running.demo.agenda import make_wishes, rows_of_elsewhere
from buurtdraad.running.demo.agreements import make_agendas
from buurtdraad.running.demo.cast import CAST, GEUZENWIJK
from buurtdraad.running.demo.evenings import make_meetings
from buurtdraad.running.demo.waiting import CALLS, LOST_MAIL, LOST_TEXT, OLD_REPORTS, REPORTS, WHY_LEFT, Reported, ToCall

PROGRAMME = Path(__file__).parents[1] / "programme.csv"


class AnotherCity(Refused):
    """The database is not of the demo city."""


@transaction.atomic
def load_demo(*, say: Callable[[str], None] = lambda line: None) -> None:
    """Utrecht with its places and people, and what they wish, agree and wait for. A second time changes nothing."""
    at = timezone.now()
    load_city(at, say=say)
    if not Wish.objects.exists():
        say("Wishes, meetings and agendas")
        fill_agenda(at)
    if not near.is_there():
        say("Partners, the working method and placements")
        near.fill_near(at)
    if not money.is_there():
        say("Plans of residents and their money")
        money.fill_money(at)
    if not works.is_there():
        say("Municipal work and coherence")
        works.fill_works(at)
    if not budgets.is_there():
        say("Neighbourhood budgets")
        budgets.fill_budgets(at)
    if not works.is_seen():
        works.see_what_fits(at)
    if not Report.objects.exists() and not DestructionList.objects.exists():
        make_waiting(at)


@transaction.atomic
def load_city(at: datetime.datetime, *, say: Callable[[str], None] = lambda line: None) -> None:
    """Utrecht with its neighbourhoods, figures, working areas and cast. A second time changes nothing.

    Real boundaries that were loaded stay: the schematic map is only drawn for a year that has none.
    """
    if AreaYear.objects.filter(area__kind=Kind.MUNICIPALITY).exclude(area__code=city.CITY).exists():
        raise AnotherCity("This database holds another municipality. The demo city goes into an empty one.")
    load_places(at, say)
    load_figures(at, say)
    make_cast()
    make_duties(at)


def load_places(at: datetime.datetime, say: Callable[[str], None]) -> None:
    by = system_person("load_demo").uuid
    for year in city.YEARS:
        if AreaYear.objects.filter(municipality__code=city.CITY, year=year).exists():
            continue
        say(f"Neighbourhoods of {year}")
        source = f"CBS, {city.TABLE} {year} (CC BY 4.0)"
        rows = areas_from_points(city.facts(), municipality_code=city.CITY, municipality_name="Utrecht", year=year, source=source)
        places.load(rows, year=year, by=by, at=at)
    for slug, (name, members) in city.WORKING_AREAS.items():
        places.make_working_area(slug, name, members, by=by, at=at)


def load_figures(at: datetime.datetime, say: Callable[[str], None]) -> None:
    for year in city.YEARS:
        say(f"Figures of {year}")
        origin = Origin("CBS", table=city.TABLE, source_url="https://opendata.cbs.nl/statline/#/CBS/nl/")
        figures.load(city.figures(year), origin=origin, by=system_person("load_demo"), at=at)


def make_cast() -> None:
    for role in CAST:
        facts = {"name": role.name, "password": "!", "is_active": True}
        if role.email:
            facts["email"] = role.email
        Person.objects.update_or_create(demo_role=role.slug, defaults=facts)
    Person.objects.filter(demo_role__isnull=False, email__isnull=False, confirmed_at=None).update(confirmed_at=timezone.now())


def make_duties(at: datetime.datetime) -> None:
    """The duties of the cast, and no others; those that stand already stay as they are. Nothing in a city without its places."""
    by, today = system_person("load_demo"), timezone.localdate(at)
    people = {person.demo_role: person for person in Person.objects.filter(demo_role__isnull=False)}
    areas = {area.code: area for area in Area.objects.filter(code__in={code for role in CAST for _, code in role.duties if code})}
    wanted = {(role.slug, duty, code) for role in CAST for duty, code in role.duties if not code or code in areas}
    stands: set[tuple[str, Duty, str]] = set()
    for held in DutyHeld.objects.select_related("person", "area"):
        key = (held.person.demo_role, Duty(held.duty), held.area.code if held.area else "")
        if key in wanted - stands and held.until_on is None and held.from_on <= today and held.stand_in_for_id is None:
            stands.add(key)
        else:
            held.delete()
    for slug, duty, code in sorted(wanted - stands):
        accounts.give_duty(person=people[slug], duty=duty, area=areas.get(code), from_on=today, by=by, at=at)


# A job of the worker may write a row for a thing that goes away in the same seconds.
TRIES = 3


def begin_again() -> None:
    """The first day: the cast, its duties and what waits as they were, nobody signed in. Places and figures are real and stay."""
    for left in reversed(range(TRIES)):
        try:
            return from_the_first_day()
        except (IntegrityError, OperationalError):
            if not left:
                raise


@transaction.atomic
def from_the_first_day() -> None:
    """Take away what was made, and make it all again."""
    Session.objects.all().delete()
    works.take_away()
    budgets.take_away()
    money.take_away(timezone.now())
    Wish.objects.update(head=None, merged_into=None)
    near.part_doubles()
    made: tuple[type[Model], ...] = (
        *works.MADE,
        *near.MADE,
        Agreement,
        AgendaVersion,
        Meeting,
        SpokenNote,
        Batch,
        Organisation,
        Wish,
        Answer,
        Series,
        AreaChoices,
        Report,
        DestructionList,
        Message,
        Mail,
        Contact,
    )
    for model in made:
        model._default_manager.all().delete()
    make_cast()
    make_duties(timezone.now())
    fill_agenda(timezone.now())
    near.fill_near(timezone.now())
    money.fill_money(timezone.now())
    works.fill_works(timezone.now())
    budgets.fill_budgets(timezone.now())
    works.see_what_fits(timezone.now())
    make_waiting(timezone.now())


def fill_agenda(at: datetime.datetime) -> None:
    """Wishes with their answers, meetings, agendas and the programme. Nothing in a city without its places."""
    people = {person.demo_role: person for person in Person.objects.filter(demo_role__in=["joris", "linda"])}
    if len(people) < len(("joris", "linda")) or not Area.objects.filter(code=GEUZENWIJK).exists():
        return
    load_programme(PROGRAMME.read_bytes(), by=system_person("load_demo"), at=at)
    make_wishes(people["joris"], at=at)
    write_elsewhere(people["joris"], at)
    make_meetings(people["joris"], at=at)
    make_agendas(people["joris"], people["linda"], at=at)


def write_elsewhere(by: Person, at: datetime.datetime) -> None:
    rows = rows_of_elsewhere(by, at=at)
    Wish.objects.bulk_create([wish for wish, *_ in rows])
    Giver.objects.bulk_create([giver for _wish, giver, *_ in rows])
    Step.objects.bulk_create([step for *_, steps, _answer in rows for step in steps])
    answers = [(answer, wish) for wish, *_, answer in rows if answer]
    Answer.objects.bulk_create([answer for answer, _wish in answers])
    Answered.objects.bulk_create([Answered(answer=answer, wish=wish, stage=wish.stage) for answer, wish in answers])
    for series in Series.objects.all():
        last = max(
            (int(wish.reference.rpartition("-")[2]) for wish, *_ in rows if wish.reference.startswith(f"{series.prefix}-")), default=0
        )
        Series.objects.filter(pk=series.pk, last__lt=last).update(last=last)


# --- what waits ------------------------------------------------------------------------------------


def make_waiting(at: datetime.datetime) -> None:
    """Calls, reports, a list of what is past its time and a mail that did not arrive. Nothing in a city without its places."""
    people = {person.demo_role: person for person in Person.objects.filter(demo_role__isnull=False)}
    areas = {area.code: area for area in Area.objects.filter(code__in={each.area for each in (*CALLS, *REPORTS, *OLD_REPORTS)})}
    if not areas:
        return
    for call in CALLS:
        make_call(call, people.get(call.who), areas[call.area], at)
    for each in REPORTS:
        make_report(each, areas[each.area], at)
    for each in OLD_REPORTS:
        made = make_report(each, areas[each.area], at)
        moderation.decide(made, Stage.LEFT, why=WHY_LEFT, duty=Duty.MODERATOR.value, by=people["hamid"], at=at)
        Report.objects.filter(pk=made.pk).update(decided_at=made.made_at)
    today = timezone.localdate(at)
    propose(due(today), on=today, by=system_person("propose_destruction"), at=at)
    subject, to, problem = LOST_MAIL
    facts = {"text": LOST_TEXT, "problem": problem, "stage": Sending.FAILED}
    Mail.objects.create(to=to, kind=About.AGENDA, subject=subject, made_at=at, ended_at=at, **facts)


def make_call(call: ToCall, person: Person | None, area: Area, at: datetime.datetime) -> None:
    """Somebody who waits for a call, with the slip that they hold."""
    if person:
        contact = messages.contact_for(person, at=at)
        messages.choose(contact, way=Way.CALL, phone=call.phone, language=contact.language, by=person.uuid, at=at)
    else:
        contact = messages.add_contact(name=call.who, way=Way.CALL, phone=call.phone, by=None, at=at, channel="phone")
    Slip.objects.create(number=call.slip, contact=contact, thing=call.thing, given_at=at)
    since = at - datetime.timedelta(days=call.days_ago)
    facts = {"subject": call.subject, "body": call.body, "thing": call.thing}
    messages.tell(contact, kind=About.WISH, **facts, link=f"/wensen/{call.thing.partition(':')[2]}/", area=area, by=None, at=since)


def make_report(told: Reported, area: Area, at: datetime.datetime) -> Report:
    """A report of some days ago; the record keeps when it was loaded."""
    made = moderation.report(thing=f"area:{area.code}", area=area, reason=told.reason, text=told.text, doubts=(), by=None, at=at)
    made.made_at = at - datetime.timedelta(days=told.days_ago)
    made.save(update_fields=["made_at"])
    return made
