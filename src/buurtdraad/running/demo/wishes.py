"""The wishes of the demo: 64 of Zuilen-Oost, typed over one by one, and some hundreds elsewhere. All of them are invented.

Of Zuilen-Oost 25 came on paper, 19 online, 14 by phone or at the door and 6 spoken; 58 were answered in time, 4 late,
and 2 still have time. All of them became clear within half a year, which is what the report of the demo is about.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from buurtdraad.agendas.wishes.states import Channel, Kind, Stage, Theme

SEED = 20_26
# The one that the story follows, and who told it a second time.
THE_WISH = "ZO-42"
TOLD_AGAIN = "Er is geen plek om te zitten op de Wilgenhof, en geen boom."

# Waits until somebody has read it; the second may be about a person.
TO_READ = (
    (Theme.GREEN, Kind.WISH, "Een plek om met kinderen te voetballen achter de flats."),
    (Theme.NUISANCE, Kind.PROBLEM, "De buurman op Wilgenhof 12 zet in de nacht de muziek hard."),
)
ANSWERS = {
    "trees": "In uw straat staan nu vier nieuwe bomen. Bewoners zorgen voor de bakken eromheen.",
    "evening": "Wij hebben uw wens bekeken en nemen hem mee naar de buurtavond. Daar kiezen we samen.",
    "play": "De speelplek is gekozen op de buurtavond. We tekenen nu samen met ouders en kinderen een plan.",
    "bins": "De containers worden nu twee keer per week geleegd. Er staan drie prullenbakken meer.",
    "meal": "Elke laatste vrijdag van de maand eten we samen in het buurthuis. We zoeken nog mensen die koken.",
    "speed": "We hebben gekeken hoe hard er wordt gereden. Dat nemen we mee naar de volgende buurtavond.",
    "light": "De lampen zijn vervangen. In het achterpad hangen er twee meer.",
    "cross": "De oversteek is gekozen op de buurtavond. Een verkeerskundige tekent nu een zebrapad.",
    "green": "We hebben uw wens bekeken met de tuinman van de buurt. In het voorjaar vertellen we meer.",
    "walk": "We zoeken iemand die de groep wil leiden. Kent u iemand? Bel ons.",
    "noise": "De handhavers zijn vaker langsgekomen. Hoort u het nog? Bel dan 14 030.",
    "homes": "Dit is van de woningcorporatie. Wij hebben uw wens doorgegeven. U hoort het van de corporatie.",
    "youth": "Er is nu geen ruimte in het buurthuis. In september kijken we opnieuw. Daarom staat het op de lijst voor later.",
    "money": "Het spreekuur over geld zit vol. Volgend jaar komt er een dag bij. Daarom staat het op de lijst voor later.",
    "parking": "Een smallere stoep past niet bij kinderwagens en rolstoelen. Daarom gaat dit niet door.",
}
# Of the four of last summer that took longer than promised.
WHY_LATE = "De gebiedsadviseur was een paar weken ziek, en niemand nam het over."


@dataclass(frozen=True)
class DemoWish:
    """A wish: where, what, how it came, how many days ago; after how many days it was answered, and how. `who` is how they hear."""

    area: str
    theme: Theme
    kind: Kind
    channel: Channel
    given: int
    answered: int | None
    stage: Stage
    answer: str
    who: str
    text: str


@cache
def of_zuilen_oost() -> list[DemoWish]:
    """The 64, in the order of their numbers."""
    with (Path(__file__).parent / "wishes.csv").open(encoding="utf-8", newline="") as file:
        return [
            DemoWish(
                row["area"], Theme(row["theme"]), Kind(row["kind"]), Channel(row["channel"]), int(row["given"]),
                int(row["answered"]) if row["answered"] else None, Stage(row["stage"]), ANSWERS.get(row["answer"], ""), row["who"],
                row["text"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


# Neighbourhoods of the other agendas, and some without one.
ELSEWHERE = (
    "BU03440831", "BU03440832", "BU03440221", "BU03440222", "BU03440223", "BU03440211", "BU03440212", "BU03440942", "BU03440912",
    "BU03440913", "BU03440321", "BU03440322", "BU03440311",
)  # fmt: skip
SPOTS = ("bij de school", "bij het winkelcentrum", "achter de flats", "in het park", "langs het water", "bij het station", "op het plein")
OFTEN: tuple[tuple[Theme, Kind, str, str], ...] = (
    (Theme.GREEN, Kind.WISH, "Meer bomen {spot}.", "trees"),
    (Theme.GREEN, Kind.WISH, "Een speelplek voor kleine kinderen {spot}.", "play"),
    (Theme.GREEN, Kind.PROBLEM, "Er is geen schaduw {spot}.", "green"),
    (Theme.TRAFFIC, Kind.PROBLEM, "Auto's rijden te hard {spot}.", "speed"),
    (Theme.TRAFFIC, Kind.WISH, "Een veilige oversteek {spot}.", "cross"),
    (Theme.TRAFFIC, Kind.PROBLEM, "Fietsen staan in de weg {spot}.", "speed"),
    (Theme.TRAFFIC, Kind.WISH, "Meer plek om te parkeren {spot}.", "parking"),
    (Theme.CLEAN, Kind.PROBLEM, "Er ligt altijd zwerfafval {spot}.", "bins"),
    (Theme.CLEAN, Kind.WISH, "Een prullenbak {spot}.", "bins"),
    (Theme.SAFE, Kind.PROBLEM, "In de avond is het donker {spot}.", "light"),
    (Theme.TOGETHER, Kind.WISH, "Samen eten met buren {spot}.", "meal"),
    (Theme.TOGETHER, Kind.WISH, "Een plek om koffie te drinken {spot}.", "meal"),
    (Theme.TOGETHER, Kind.WISH, "Een markt met spullen van de buurt {spot}.", "meal"),
    (Theme.YOUTH, Kind.WISH, "Iets te doen voor jongeren {spot}.", "youth"),
    (Theme.YOUTH, Kind.WISH, "Sporten voor meiden {spot}.", "youth"),
    (Theme.HOMES, Kind.PROBLEM, "De ramen van de flats zijn slecht {spot}.", "homes"),
    (Theme.MONEY, Kind.WISH, "Hulp bij brieven en geld {spot}.", "money"),
    (Theme.HEALTH, Kind.WISH, "Een groep om mee te wandelen {spot}.", "walk"),
    (Theme.NUISANCE, Kind.PROBLEM, "Veel lawaai in de nacht {spot}.", "noise"),
    (Theme.OTHER, Kind.WISH, "Een kraan met drinkwater {spot}.", "green"),
)
CHANNELS = (Channel.WEB, Channel.WEB, Channel.PAPER, Channel.MEETING, Channel.PHONE, Channel.DOOR, Channel.SPOKEN)
ENDS = {
    "trees": Stage.DONE, "play": Stage.CHOSEN, "bins": Stage.DONE, "meal": Stage.BUSY, "light": Stage.DONE, "cross": Stage.CHOSEN,
    "homes": Stage.REFERRED, "youth": Stage.LATER, "money": Stage.LATER, "parking": Stage.NOT_DONE,
}  # fmt: skip


def of_elsewhere(number: int = 200) -> Iterator[DemoWish]:
    """Wishes of other neighbourhoods, the same in every demo: of the newest some still wait for an answer."""
    dice = random.Random(SEED)  # noqa: S311 (a story, no secret)
    for _n in range(number):
        theme, kind, text, answer = dice.choice(OFTEN)
        given = dice.randint(2, 240)
        answered = None if given < 18 and dice.random() < 0.7 else min(dice.choice((6, 9, 12, 14, 16, 19, 19, 25)), given)
        stage = ENDS.get(answer, Stage.SEEN) if answered is not None else Stage.TOLD
        yield DemoWish(
            dice.choice(ELSEWHERE), theme, kind, dice.choice(CHANNELS), given, answered, stage, ANSWERS[answer], "",
            text.format(spot=dice.choice(SPOTS)),
        )  # fmt: skip
