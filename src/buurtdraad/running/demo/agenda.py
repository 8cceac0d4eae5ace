"""Filling the agenda of the demo city: wishes with their answers, as people would have given them."""

import datetime
import random

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes import actions as wishes
from buurtdraad.agendas.wishes.actions import Given
from buurtdraad.agendas.wishes.models import Answer, Giver, Step, Wish
from buurtdraad.agendas.wishes.rules import PROMISED_DAYS, answer_by, reference
from buurtdraad.agendas.wishes.states import TOLD_WHY, Channel, Showing, Stage
from buurtdraad.messages.actions import add_contact, called
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, AreaYear
from buurtdraad.running.demo.wishes import SEED, THE_WISH, TO_READ, TOLD_AGAIN, WHY_LATE, DemoWish, of_elsewhere, of_zuilen_oost

# Who hears by phone or on the board; numbers as in films.
CALLED = ("Meneer Bakir", "Mevrouw Jansen", "Mevrouw El Amrani", "Meneer Visser", "Mevrouw Smit")
HOUR = datetime.timedelta(hours=1)
# How far around the middle of a neighbourhood (degrees) people point, and how often a place is tried.
AROUND, TRIES = 0.004, 8
OVERVECHT_NORTH = "BU03440321"


def make_wishes(by: Person, *, at: datetime.datetime) -> None:
    """The wishes of the story, each told and answered as people do, with the numbers that it names; `by` answers them."""
    told = of_zuilen_oost()
    areas = {area.code: area for area in Area.objects.filter(code__in={each.area for each in told})}
    dice = random.Random(SEED)  # noqa: S311 (a story, no secret)
    for n, each in enumerate(told):
        make_wish(each, areas[each.area], n, by=by, at=at, point=somewhere_in(each.area, dice) if each.channel == Channel.WEB else None)
    for theme, kind, text in TO_READ:
        given = Given(text, Area.objects.get(code=OVERVECHT_NORTH), kind, theme)
        wishes.give(given, contact=None, by=None, at=at - 5 * HOUR)
    again = Wish.objects.get(reference=THE_WISH)
    wishes.add_giver(again, contact=None, words=TOLD_AGAIN, channel=Channel.WEB, by=None, at=again.given_at + 24 * HOUR)


def somewhere_in(code: str, dice: random.Random) -> tuple[float, float] | None:
    """A place within a neighbourhood, as somebody points it out on a map; None where no border is known."""
    here = AreaYear.objects.for_pages().filter(area__code=code, latitude__isnull=False).order_by("-year").first()
    if here is None or here.latitude is None or here.longitude is None:
        return None
    near = [(here.latitude + dice.uniform(-AROUND, AROUND), here.longitude + dice.uniform(-AROUND, AROUND)) for _try in range(TRIES)]
    inside = (point for point in near if (found := places.area_at(*point)) and found.area.code == code)
    return next(inside, (here.latitude, here.longitude))


def make_wish(each: DemoWish, area: Area, n: int, *, by: Person, at: datetime.datetime, point: tuple[float, float] | None = None) -> None:
    given_at = moment(each, n, at)
    given = Given(each.text, area, each.kind, each.theme, each.channel, point)
    contact = contact_of(each, n, at=given_at)
    wish = wishes.give(given, contact=contact, by=None, at=given_at, showing=Showing.SHOWN)
    if each.answered is None:
        return
    stage, answered_at = each.stage if each.stage != wish.stage else None, given_at + datetime.timedelta(days=each.answered)
    late = WHY_LATE if timezone.localdate(answered_at) > wish.answer_by else ""
    wishes.answer([wish], text=each.answer, stage=stage, by=by, at=answered_at, why_late=late)
    if contact and contact.way == Way.CALL:
        called(contact, by=by.uuid, at=answered_at + 24 * HOUR)


def moment(each: DemoWish, n: int, at: datetime.datetime) -> datetime.datetime:
    """When it was given: an hour of the day at which people do."""
    return (timezone.localtime(at) - datetime.timedelta(days=each.given)).replace(hour=9 + n % 11, minute=n * 7 % 60)


def rows_of_elsewhere(by: Person, *, at: datetime.datetime) -> list[tuple[Wish, Giver, list[Step], Answer | None]]:
    """The wishes of the rest of the city as rows to write at once: hundreds of deeds one by one would be a slow start."""
    told = list(of_elsewhere())
    areas = {area.code: area for area in Area.objects.filter(code__in={each.area for each in told})}
    firsts = {code: wishes.new_reference(area) for code, area in areas.items()}
    numbers: dict[str, int] = {}
    moments = [moment(each, n, at) for n, each in enumerate(told)]
    return [
        rows_of(each, areas[each.area], next_of(firsts[each.area], numbers), by, given_at)
        for each, given_at in zip(told, moments, strict=True)
    ]


def next_of(first: str, numbers: dict[str, int]) -> str:
    """The next reference of a series: counted on from the first that was given out."""
    prefix, _dash, start = first.rpartition("-")
    numbers[prefix] = numbers.get(prefix, int(start) - 1) + 1
    return reference(prefix, numbers[prefix])


def rows_of(
    each: DemoWish, area: Area, name: str, by: Person, given_at: datetime.datetime
) -> tuple[Wish, Giver, list[Step], Answer | None]:
    answered_at = None if each.answered is None else given_at + datetime.timedelta(days=each.answered)
    due = answer_by(timezone.localdate(given_at), PROMISED_DAYS)
    why = each.answer if each.stage != Stage.TOLD else ""
    wish = Wish(
        reference=name, area=area, kind=each.kind, theme=each.theme, text=each.text, channel=each.channel, showing=Showing.SHOWN,
        stage=each.stage, why=why, told_at=answered_at if each.stage in TOLD_WHY else None, given_at=given_at, answer_by=due,
        answered_at=answered_at,
    )  # fmt: skip
    giver = Giver(wish=wish, words=each.text, channel=each.channel, given_at=given_at)
    steps = [Step(wish=wish, stage=Stage.TOLD, at=given_at)]
    if answered_at is None:
        return wish, giver, steps, None
    steps.append(Step(wish=wish, stage=each.stage, why=why, by=by.uuid, at=answered_at))
    return wish, giver, steps, Answer(text=each.answer, by=by.uuid, at=answered_at)


def contact_of(each: DemoWish, n: int, *, at: datetime.datetime) -> Contact | None:
    """How who gave it hears the answer; most are not known."""
    if each.who == "call":
        return add_contact(name=CALLED[n % len(CALLED)], way=Way.CALL, phone=f"06 000000{n:02}"[:11], by=None, at=at, channel=each.channel)
    return add_contact(name="", way=Way.BOARD, by=None, at=at, channel=each.channel) if each.who else None
