"""Plans of residents in the demo city. The Wilgentuin of Kees is invented; of the Alexandertuin only what was published stands here.

Alexandertuin (domain report, 1.9): residents of Kanaleneiland made it with corporation Bo-Ex and the neighbourhood pastor; winner of
Steenbreek 2025 in the category of residents.
"""

import datetime
from decimal import Decimal
from itertools import chain, repeat

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.actions import concerns, evidence, needs, news, people, plans, support
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import EvidenceKind, NeedKind, Says, Stage
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.messages.actions import add_contact, contact_for
from buurtdraad.messages.states import Way
from buurtdraad.places.models import Area
from buurtdraad.running.demo.agreements import ZUILEN_OOST as AGREED
from buurtdraad.running.demo.cast import GEUZENWIJK, ZUILEN_OOST
from buurtdraad.running.demo.wishes import THE_WISH

DAY = datetime.timedelta(days=1)
BEGAN_AGO, SHOWN_AGO, COUNTED_AGO = 80, 72, 40
TITLE, PLACE, POINT = "Wilgentuin", "de Wilgenhof", (52.1114, 5.0966)
SUMMARY = "Een tuin rond de bomen en de bank op de Wilgenhof. Bewoners maken hem samen, en zorgen er daarna voor."
STORY = (
    "Op de Wilgenhof staan nu twee bomen en een bank. Eromheen liggen nog vooral tegels. Die halen wij weg.\n\n"
    "Er komen een pergola en bakken met planten. De Vechtoever geeft geld en planten. Elke zaterdag werken wij er samen."
)
STARTS_IN, ENDS_IN = 45, 190
NEEDS = (
    (NeedKind.HANDS, "Tien mensen die een zaterdag tegels uit de grond halen", None),
    (NeedKind.KNOWLEDGE, "Iemand die verstand heeft van planten in de schaduw", None),
    (NeedKind.MONEY, "Geld voor planten, aarde, een pergola en gereedschap", Decimal(12_400)),
)
# For, against, no opinion: on the list of the street, and said on the site. Together 84, 6 and 14.
ON_LIST, ON_SITE = (76, 5, 12), (8, 1, 2)
WORRY = "Komt er in de avond geen lawaai als het er zo gezellig is?"
ANSWER = "De tuin ligt in het zicht van de huizen en er komt een lamp bij. Is er toch lawaai? Bel Joris. Na drie maanden kijken wij samen."
NEWS = "Zaterdag stonden wij met een tekening op de Wilgenhof. Veertig buren kwamen kijken. De plek van de bakken is daarna veranderd."
# The smallest paper that is a whole PDF; nobody's name is on it.
PAPER = CheckedDocument("pdf", b"%PDF-1.4\n% Voorbeeld, verzonnen: de lijst van de Wilgenhof\n%%EOF\n")

ALEXANDERTUIN = ("Alexandertuin", "kanaleneiland", "Een groene tuin in Kanaleneiland, van bewoners, corporatie Bo-Ex en de buurtpastor.")
RESULT = (
    "De tuin is er. In 2025 won hij de prijs van Steenbreek in de groep bewoners: goed voor het contact in de buurt, en voor het klimaat."
)
PRIZE, PRIZE_YEAR = "Steenbreekprijs, groep bewoners", 2025
# Which day it was done is not known; it won in this year.
LAST_DAY = datetime.date(PRIZE_YEAR, 12, 31)


def make_plans(cast: dict[str, Person], *, at: datetime.datetime) -> None:
    """The Alexandertuin, which is done, and the Wilgentuin, which waits for money."""
    make_alexandertuin(cast["noor"], at=at)
    make_wilgentuin(cast["kees"], cast["joris"], cast["noor"], at=at)


def make_alexandertuin(noor: Person, *, at: datetime.datetime) -> None:
    """Told by the municipality, from what was published: nobody is named."""
    title, code, summary = ALEXANDERTUIN
    area = Area.objects.get(code=code)
    since = at - 300 * DAY
    made = plans.make(title=title, area=area, theme=Theme.GREEN, summary=summary, contact=None, by=noor, at=since)
    plans.move_to(made, Stage.DOING, by=noor, at=since)
    plans.move_to(made, Stage.DONE, result=RESULT, done_on=min(LAST_DAY, timezone.localdate(since)), by=noor, at=since)
    plans.show(made, by=noor, at=since)
    news.add_prize(made, name=PRIZE, year=PRIZE_YEAR, by=noor, at=since)


def make_wilgentuin(kees: Person, joris: Person, noor: Person, *, at: datetime.datetime) -> Initiative:
    """The plan of the story, with what the neighbours think of it."""
    began, today = at - BEGAN_AGO * DAY, timezone.localdate(at)
    answers: list[plans.Thing] = [*Wish.objects.filter(reference=THE_WISH)]
    answers += Topic.objects.filter(title=AGREED[0][0], version__area__code=ZUILEN_OOST)
    answers += Agreement.objects.filter(what=AGREED[0][3][0][0], area__code=ZUILEN_OOST)
    made = plans.make(
        title=TITLE, area=Area.objects.get(code=GEUZENWIJK), theme=Theme.GREEN, summary=SUMMARY, contact=contact_for(kees, at=began),
        by=kees, at=began, point=POINT, answers=answers,
    )  # fmt: skip
    starts_on, ends_on = today + STARTS_IN * DAY, today + ENDS_IN * DAY
    plans.change(made, story=STORY, place=PLACE, from_on=starts_on, until_on=ends_on, by=kees, at=began + DAY)
    people.change_member(made.members.get(), name="Kees", agreed=True, by=kees, at=began + DAY)
    plans.move_to(made, Stage.PLAN, by=kees, at=began + 2 * DAY)
    for kind, words, amount in NEEDS:
        needs.add_need(made, kind=kind, words=words, amount=amount, by=kees, at=began + 2 * DAY)
    plans.show(made, by=joris, at=at - SHOWN_AGO * DAY)
    hear_neighbours(made, kees, joris, noor, at=at)
    news.show_update(news.add_update(made, text=NEWS, by=kees, at=at - 50 * DAY), by=joris, at=at - 49 * DAY)
    return made


def hear_neighbours(plan: Initiative, kees: Person, joris: Person, noor: Person, *, at: datetime.datetime) -> None:
    """A list that two people counted, what was said on the site, and one worry with its answer."""
    counted = at - COUNTED_AGO * DAY
    given = evidence.add(plan, PAPER, name="lijst van de Wilgenhof.pdf", kind=EvidenceKind.SHEET, by=kees, at=counted - 3 * DAY)
    for who in (joris, noor):
        evidence.count(given, says_for=ON_LIST[0], against=ON_LIST[1], neutral=ON_LIST[2], by=who, at=counted)
    for says in chain.from_iterable(repeat(*one) for one in zip(Says, ON_SITE, strict=True)):
        contact = add_contact(name="", way=Way.NONE, by=None, at=counted)
        support.give_opinion(plan, says=says, contact=contact, by=None, at=counted)
    worry = concerns.give(plan, words=WORRY, by=None, at=counted)
    concerns.show(worry, by=joris, at=counted + DAY)
    concerns.answer(worry, text=ANSWER, by=kees, at=counted + 2 * DAY)
    concerns.show_answer(worry, by=joris, at=counted + 3 * DAY)
