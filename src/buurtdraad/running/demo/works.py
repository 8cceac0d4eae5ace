"""Project sheets of the demo city. Every project, owner and amount is invented; departments are those of the programme.

The sewer of the Wilgenhof and the garden of Kees fall in the same year and place: that is the finding of the story.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.challenges.models import Challenge
from buurtdraad.places.models import Area
from buurtdraad.running.demo.cast import GEUZENWIJK, OVERVECHT, ZUILEN_OOST
from buurtdraad.running.demo.wishes import THE_WISH
from buurtdraad.works.actions import answers, sheets, steps
from buurtdraad.works.actions.money import set_money
from buurtdraad.works.models import Work
from buurtdraad.works.rules import MoneyRow
from buurtdraad.works.states import MoneySource, Stage, Trend

DAY = datetime.timedelta(days=1)
SEWER = "Nieuw riool rond de Wilgenhof"
ALONE = {"goal": "Buren kennen elkaar.", "target_group": "bewoners die vaak alleen zijn"}
TOM, NOBODY = "tom.van.dijk@utrecht.example", ""
STREETS, SPACE, SOCIAL, INCOME, HEALTH, SAFETY, WARDS = (
    "Stadsbedrijven", "Ruimte", "Maatschappelijke Ontwikkeling", "Werk en Inkomen", "Volksgezondheid", "Veiligheid", "Wijken",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """What, where, who, and from and until how many days from now; and what else is known."""

    title: str
    codes: tuple[str, ...]
    department: str
    challenge: str
    days: tuple[int, int]
    owner: str = NOBODY
    where: str = ""
    stage: Stage = Stage.PLANNED
    confirmed_ago: int | None = 20
    euros: tuple[int, int, int] | None = None
    more: dict[str, Any] = field(default_factory=dict)


SHEETS = (
    Sheet(
        SEWER, (GEUZENWIJK,), STREETS, "leefbaarheid", (130, 220), TOM, "Wilgenhof en Wilgenstraat", euros=(480_000, 0, 0),
        more={"problem": "Het riool is oud en zakt.", "goal": "Een riool dat zestig jaar meegaat, en minder water op straat.",
              "residents_part": "Bewoners kiezen hoe de straat er daarna uitziet."},
    ),
    Sheet(
        "Bomen planten in Zuilen-Oost", (ZUILEN_OOST,), STREETS, "leefbaarheid", (-60, 75), "groen@utrecht.example", stage=Stage.BUSY,
        euros=(90_000, 72_000, 18_000), more={"trend": Trend.AT_RISK, "why": "De kweker heeft de bomen pas in het voorjaar."},
    ),
    Sheet(
        "Zebrapad en drempels bij de winkels", (GEUZENWIJK,), SPACE, "veiligheid", (-40, 60), "verkeer@utrecht.example",
        "winkels aan het plein", Stage.BUSY, euros=(65_000, 60_000, 12_000),
    ),
    Sheet(
        "Samen eten in elk buurthuis", (ZUILEN_OOST, OVERVECHT), SOCIAL, "ontmoeten", (-300, 400), "welzijn@utrecht.example",
        stage=Stage.BUSY, euros=(120_000, 120_000, 70_000), more=ALONE,
    ),
    Sheet(
        "Huiskamers in de buurt", (ZUILEN_OOST,), HEALTH, "ontmoeten", (-100, 500), "gezond@utrecht.example", stage=Stage.BUSY,
        euros=(80_000, 40_000, 10_000), more=ALONE,
    ),
    Sheet("Containers vervangen", (GEUZENWIJK, "BU03440242"), STREETS, "leefbaarheid", (20, 90), NOBODY, confirmed_ago=None),
    Sheet("Spreekuur over geld in Overvecht", (OVERVECHT,), INCOME, "armoede", (-200, 300), "inkomen@utrecht.example", stage=Stage.BUSY,
          confirmed_ago=95, euros=(150_000, 150_000, 90_000)),
    Sheet("Leren en werken in Overvecht", (OVERVECHT,), INCOME, "werk", (-400, 200), "werk@utrecht.example", stage=Stage.BUSY,
          euros=(900_000, 640_000, 410_000)),
    Sheet("Jongerenplek Overvecht-Noord", (OVERVECHT,), SOCIAL, "jeugd", (-90, 180), "jeugd@utrecht.example", stage=Stage.BUSY,
          euros=(210_000, 90_000, 30_000), more={"decision": "Waar komt de plek?", "decision_in": -6}),
    Sheet("Stages bij bedrijven in Kanaleneiland", ("kanaleneiland",), INCOME, "werk", (-250, 150), "werk@utrecht.example",
          stage=Stage.BUSY, euros=(60_000, 45_000, 25_000)),
    Sheet("Lanen beplanten in Kanaleneiland", ("kanaleneiland",), STREETS, "leefbaarheid", (30, 160), "groen@utrecht.example",
          euros=(140_000, 20_000, 0)),
    Sheet("Samen bewegen", ("kanaleneiland", "pijlsweerd"), HEALTH, "gezondheid", (-320, -30), "gezond@utrecht.example", stage=Stage.DONE,
          euros=(40_000, 38_000, 38_000), more={"result": "In negen weken bewogen 140 bewoners mee. Twee groepen gaan zelf door."}),
    Sheet("Groene straten in Pijlsweerd", ("pijlsweerd",), SPACE, "leefbaarheid", (-180, 45), "groen@utrecht.example", stage=Stage.BUSY,
          euros=(110_000, 100_000, 64_000)),
    Sheet("Inloop in Pijlsweerd", ("pijlsweerd",), SOCIAL, "ontmoeten", (-220, 300), "welzijn@utrecht.example", stage=Stage.BUSY,
          euros=(50_000, 50_000, 31_000)),
    Sheet("Spreekuur over geld in Ondiep", ("ondiep-2e-daalsebuurt",), INCOME, "armoede", (25, 365), "inkomen@utrecht.example",
          euros=(70_000, 0, 0)),
    Sheet("Parkeren in Ondiep onderzoeken", ("ondiep-2e-daalsebuurt",), SPACE, "leefbaarheid", (-150, 30), "verkeer@utrecht.example",
          stage=Stage.STOPPED, more={"why": "Er is geen plek voor meer auto's."}),
    Sheet("Fietsen bij het station van Terwijde", ("terwijde",), SPACE, "veiligheid", (-30, 100), "verkeer@utrecht.example",
          stage=Stage.BUSY, confirmed_ago=110, euros=(35_000, 30_000, 4_000),
          more={"trend": Trend.STUCK, "why": "De vervoerder gaf nog geen antwoord."}),
    Sheet("Plek voor jongeren in Terwijde", ("terwijde",), SOCIAL, "jeugd", (60, 300), NOBODY, confirmed_ago=None,
          euros=(95_000, 0, 0)),
    Sheet("Sport op het veld van Parkwijk", ("parkwijk-zuid",), SOCIAL, "jeugd", (-120, 240), "jeugd@utrecht.example", stage=Stage.BUSY,
          euros=(45_000, 45_000, 20_000)),
)  # fmt: skip


def make_works(tom: Person, noor: Person, *, at: datetime.datetime) -> list[Work]:
    """All sheets, with their money, how they stand, and what they answer in the neighbourhood."""
    areas = {area.code: area for area in Area.objects.filter(code__in={code for sheet in SHEETS for code in sheet.codes})}
    challenges = {one.code: one for one in Challenge.objects.all()}
    made = [make_work(sheet, areas, challenges, tom if sheet.owner == TOM else noor, at=at) for sheet in SHEETS]
    by_title = {work.title: work for work in made}
    for title, thing in what_they_answer():
        answers.add(by_title[title], thing, by=noor, at=at - 30 * DAY)
    return made


def make_work(sheet: Sheet, areas: dict[str, Area], challenges: dict[str, Challenge], by: Person, *, at: datetime.datetime) -> Work:
    today, facts = timezone.localdate(at), dict(sheet.more)
    why, decision_in = facts.pop("why", ""), facts.pop("decision_in", None)
    trend = facts.pop("trend", "")
    facts.pop("result", None)  # known once it is done
    begun = at + (min(sheet.days[0], 0) - 40) * DAY
    work = sheets.make(
        title=sheet.title, areas=[areas[code] for code in sheet.codes], department=sheet.department, owner_email=sheet.owner,
        owner_name=by.name if sheet.owner == TOM else "", where=sheet.where, from_on=today + sheet.days[0] * DAY,
        until_on=today + sheet.days[1] * DAY, challenge=challenges.get(sheet.challenge), by=by, at=begun,
    )  # fmt: skip
    if decision_in is not None:
        facts["decision_by"] = today + decision_in * DAY
    if facts:
        sheets.change(work, by=by, at=begun, **facts)
    move(work, sheet, by=by, at=at)
    if trend:
        sheets.change(work, trend=trend, why=why, by=by, at=at - 20 * DAY)
    if sheet.euros:
        planned, committed, spent = map(Decimal, sheet.euros)
        set_money(work, [MoneyRow(MoneySource.MUNICIPALITY, today.year, planned, committed, spent)], by=by, at=at - 20 * DAY)
    if sheet.confirmed_ago is not None and work.is_open:
        steps.confirm(work, name=by.name, by=by, at=at - sheet.confirmed_ago * DAY)
    return work


def move(work: Work, sheet: Sheet, *, by: Person, at: datetime.datetime) -> None:
    """To how it stands now."""
    started = at + max(sheet.days[0], -380) * DAY
    if sheet.stage in {Stage.BUSY, Stage.DONE}:
        steps.move_to(work, Stage.BUSY, on=timezone.localdate(started), by=by, at=started)
    if sheet.stage == Stage.DONE:
        ended = at + sheet.days[1] * DAY
        steps.move_to(work, Stage.DONE, on=timezone.localdate(ended), by=by, at=ended)
        sheets.change(work, result=sheet.more["result"], by=by, at=ended)
    if sheet.stage == Stage.STOPPED:
        steps.move_to(work, Stage.STOPPED, why=sheet.more["why"], by=by, at=at - 12 * DAY)


def what_they_answer() -> Iterator[tuple[str, Wish | Topic | Agreement]]:
    """The thread back: a wish, a topic or an agreement for some of them."""
    agreed = {agreement.what: agreement for agreement in Agreement.objects.all()}
    yield "Bomen planten in Zuilen-Oost", agreed["Twaalf bomen in de straten rond de Wilgenhof"]
    yield "Zebrapad en drempels bij de winkels", agreed["Een zebrapad bij de winkels"]
    yield "Stages bij bedrijven in Kanaleneiland", agreed["Tien stages bij bedrijven in de buurt"]
    yield "Groene straten in Pijlsweerd", agreed["Bewoners verzorgen een groene straat"]
    yield "Lanen beplanten in Kanaleneiland", agreed["Drie lanen beplanten"]
    yield "Samen eten in elk buurthuis", Topic.objects.get(title="Groen en ontmoeten", version__area__code=ZUILEN_OOST)
    yield "Bomen planten in Zuilen-Oost", Wish.objects.get(reference=THE_WISH)
