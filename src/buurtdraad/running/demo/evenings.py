"""The meetings of the demo city: held, rounded off, still to come, full and cancelled. All of them are invented."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings import actions as meetings
from buurtdraad.agendas.meetings.actions import Comer, Evening, Plan
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Band, Kind, Offer
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area
from buurtdraad.running.demo.wishes import THE_WISH

DAY = datetime.timedelta(days=1)
# The evening of the story: 47 people put 141 stickers, 31 of them on ZO-42.
CHOSEN_AGO, PEOPLE, STICKERS = 104, 47, 31
OTHERS = (("ZO-2", 24), ("ZO-7", 22), ("ZO-12", 19), ("ZO-9", 16), ("ZO-5", 12), ("ZO-11", 9), ("ZO-20", 8))

# Area, kind, title, place, days from now, hour, hours, what it offers, languages, places for so many, and who comes.
PLANS: tuple[tuple, ...] = (
    ("zuilen-oost", Kind.EVENING, "Buurtavond: hoe gaat het met de afspraken?", "De Uithoek, grote zaal", 12, 19, 2,
     [Offer.WHEELCHAIR, Offer.RING_LINE, Offer.FOOD, Offer.CHILD_CARE], "Turks, Arabisch", 60, ("Fatma", "Henk", "Souad", "Wim")),
    ("zuilen-oost", Kind.WALK, "Samen kijken op de Wilgenhof", "Bij de nieuwe bank", 6, 15, 1, [Offer.WHEELCHAIR], "", None, ("Kees",)),
    ("BU03440241", Kind.WALK_IN, "Koffie met Joris", "Buurthuis Geuzenwijk", 3, 10, 2, [Offer.WHEELCHAIR, Offer.QUIET], "", None, ()),
    ("WK034403", Kind.TABLE, "Praten over jongeren in Overvecht", "Buurthuis De Dreef", 9, 19, 2, [Offer.FOOD, Offer.INTERPRETER],
     "Arabisch", 6, ("Yusuf", "Marian", "Bilal", "Ans", "Samir", "Gerda", "Nadia", "Piet")),
    ("kanaleneiland", Kind.EVENING, "Buurtavond over gezond leven", "Wijkcentrum Eiland", 20, 19, 2, [Offer.WHEELCHAIR, Offer.FOOD],
     "Turks, Arabisch, Engels", 80, ("Hatice",)),
    ("terwijde", Kind.STREET, "Praat mee bij de winkels", "Het winkelplein", 15, 14, 2, [Offer.WHEELCHAIR], "", None, ()),
    ("pijlsweerd", Kind.ONLINE, "Online: geld en post op orde", "Op uw computer of telefoon", 17, 20, 1, [], "", 25, ("Els",)),
)  # fmt: skip
CANCELLED = ("BU03440242", Kind.WALK_IN, "Inloop Schaakbuurt", "Buurthuis Schaakbuurt", 4, 10, 2, [Offer.WHEELCHAIR], "", None, ())
WHY_CANCELLED = "De verwarming van het buurthuis is stuk. We kiezen een nieuwe dag."
# Rounded off: area, title, place, days ago, how many came, who was missing, minutes and what was told back.
PAST = (
    ("kanaleneiland", "Buurtavond over werk", "Wijkcentrum Eiland", 90, Band.FULL, "jongeren", "Er is gepraat over werk en stages.",
     "Wij zoeken tien bedrijven die een stage willen geven. In het voorjaar hoort u meer."),
    ("pijlsweerd", "Elkaar kennen en helpen", "Buurthuis Pijl", 75, Band.SOME, "gezinnen", "Vier bewoners willen een inloop beginnen.",
     "De inloop begint elke dinsdag om tien uur."),
    ("parkwijk-zuid", "Een uur bij de winkels", "De winkels van Parkwijk", 60, Band.MANY, "", "Er is gepraat over vuil en over jongeren.",
     "Er komen twee prullenbakken bij. Met jongeren praten we in januari verder."),
    ("terwijde", "Buurtavond in het restaurant", "Het restaurant", 45, Band.FULL, "ouderen", "Er is gepraat over fietsen.",
     "Er komt een onderzoek naar fietsen bij de winkels."),
)  # fmt: skip
MINUTES = (
    "Wat ging goed: veel mensen kenden elkaar nog niet en praten nu verder. "
    "Gekozen met stickers: groen en ontmoeten, veilig verkeer, schoon en licht."
)
TOLD_BACK = "De drie onderwerpen staan nu in de buurtagenda. Op de volgende avond vertellen wij hoe het gaat."


def make_meetings(by: Person, *, at: datetime.datetime) -> Meeting | None:
    """All meetings; gives the evening at which the topics of Zuilen-Oost were chosen. `by` leads them."""
    codes = {plan[0] for plan in (*PLANS, CANCELLED)} | {past[0] for past in PAST}
    areas = {area.code: area for area in Area.objects.filter(code__in=codes)}
    if codes - areas.keys():
        return None
    for area, kind, title, place, days, hour, hours, offers, languages, capacity, comers in PLANS:
        starts_at = moment(at, days, hour)
        ends_at = starts_at + datetime.timedelta(hours=hours)
        plan = Plan(areas[area], title, starts_at, ends_at, place, kind, offers=list(offers), languages=languages, capacity=capacity)
        meeting = made(plan, by, at - 7 * DAY)
        for name in comers:
            meetings.sign_up(meeting, Comer(name, way=Way.BOARD), by=None, at=at - 2 * DAY)
    area, kind, title, place, days, hour, hours, offers, *_rest = CANCELLED
    starts_at = moment(at, days, hour)
    plan = Plan(areas[area], title, starts_at, starts_at + datetime.timedelta(hours=hours), place, kind, offers=list(offers))
    meetings.cancel(made(plan, by, at - 6 * DAY), why=WHY_CANCELLED, by=by, at=at - DAY)
    for past in PAST:
        round_off(past, areas[past[0]], by, at)
    not_rounded_off(areas["BU03440241"], by, at)
    return the_evening(areas["zuilen-oost"], by, at)


def moment(at: datetime.datetime, days: int, hour: int) -> datetime.datetime:
    """An hour of a day so many days from now (before now: less than zero)."""
    day = timezone.localtime(at) + days * DAY
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def made(plan: Plan, by: Person, at: datetime.datetime) -> Meeting:
    meeting = meetings.make(plan, by=by, at=at)
    meetings.announce(meeting, by=by, at=at)
    return meeting


def round_off(past: tuple, area: Area, by: Person, at: datetime.datetime) -> None:
    _code, title, place, ago, band, missing, minutes, told_back = past
    starts_at = moment(at, -ago, 19)
    plan = Plan(area, title, starts_at, starts_at + datetime.timedelta(hours=2), place, offers=[Offer.WHEELCHAIR.value])
    meeting = made(plan, by, starts_at - 14 * DAY)
    evening = Evening(band, missing=missing, minutes=minutes)
    meetings.round_off(meeting, evening, told_back=told_back, by=by, at=starts_at + DAY)


def not_rounded_off(area: Area, by: Person, at: datetime.datetime) -> None:
    """It was some days ago, and who came still waits for an answer: that stands on the page of work."""
    starts_at = moment(at, -3, 10)
    plan = Plan(area, "Koffie met Joris", starts_at, starts_at + datetime.timedelta(hours=2), "Buurthuis Geuzenwijk", Kind.WALK_IN)
    made(plan, by, starts_at - 7 * DAY)
    meetings.hold(at=at)


def the_evening(area: Area, by: Person, at: datetime.datetime) -> Meeting:
    """The evening at which 47 people chose the topics, three stickers each."""
    starts_at = moment(at, -CHOSEN_AGO, 19)
    plan = Plan(
        area, "Buurtavond: wat kiezen we samen?", starts_at, starts_at + datetime.timedelta(hours=3), "De Uithoek, grote zaal",
        offers=[Offer.WHEELCHAIR.value, Offer.FOOD.value, Offer.CHILD_CARE.value], languages="Turks, Arabisch",
    )  # fmt: skip
    meeting = made(plan, by, starts_at - 21 * DAY)
    counts = dict(OTHERS) | {THE_WISH: STICKERS}
    chosen = {wish.reference: wish for wish in Wish.objects.filter(reference__in=counts)}
    for wish in chosen.values():
        meetings.add_wish(meeting, wish, by=by, at=starts_at)
    by_id = {chosen[reference].pk: number for reference, number in counts.items()}
    meetings.count_paper(meeting, people=PEOPLE, counts=by_id, by=by, at=starts_at + datetime.timedelta(hours=2))
    evening = Evening(Band.MANY, missing="jongeren van 12 tot 18 jaar", minutes=MINUTES)
    meetings.round_off(meeting, evening, told_back=TOLD_BACK, by=by, at=starts_at + DAY)
    return meeting
