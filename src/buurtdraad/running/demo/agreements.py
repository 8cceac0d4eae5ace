"""The agendas of the demo city: topics as six neighbourhoods of Utrecht chose them, and invented agreements.

The topics of five agendas are those that the city published; those of Zuilen-Oost, and all who see to something, are invented.
"""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise, TellGivers, TopicFacts
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Topic
from buurtdraad.agendas.agenda.states import Method, Origin, OwnerKind, Role, Said, Stage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Stage as WishStage
from buurtdraad.challenges.models import Challenge
from buurtdraad.partners.actions import add_representative
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area
from buurtdraad.running.demo.evenings import CHOSEN_AGO, DAY, OTHERS, PEOPLE, STICKERS
from buurtdraad.running.demo.parties import party
from buurtdraad.running.demo.wishes import ANSWERS, THE_WISH

RESIDENT, PARTNER, CITY, SHOP = OwnerKind.RESIDENT, OwnerKind.PARTNER, OwnerKind.MUNICIPALITY, OwnerKind.ENTREPRENEUR
HOUSING = "De Vechtoever"
PARTNERS = ((HOUSING, "housing", ("zuilen-oost", "WK034403")), ("Welzijn De Brug", "welfare", ("zuilen-oost", "pijlsweerd")))
# What is agreed in Zuilen-Oost, by topic: what, who sees to it, how it stands, due in so many days, the next step.
ZUILEN_OOST = (
    ("Groen en ontmoeten", "Een groene plek in de buurt, waar mensen elkaar tegenkomen.", "ontmoeten", (
        ("Twee bomen, een bank en een tuin op de Wilgenhof", PARTNER, HOUSING, Stage.DONE, -10, ""),
        ("Elke laatste vrijdag samen eten in het buurthuis", RESIDENT, "Bewoners van de Wilgenhof", Stage.RUNNING, 90, "Twee koks zoeken"),
        ("Twaalf bomen in de straten rond de Wilgenhof", CITY, "Groen in de wijk", Stage.LATER, 75, ""),
        ("Een speelplek, getekend door ouders en kinderen", CITY, "Groen in de wijk", Stage.RUNNING, 60, "De tekening laten zien"),
    )),
    ("Veilig door de straat", "Rustig verkeer bij de school en de winkels.", "veiligheid", (
        ("Een zebrapad bij de winkels", CITY, "Verkeer", Stage.RUNNING, 45, "De tekening bespreken met de winkels"),
        ("De snelheid meten bij de school", CITY, "Verkeer", Stage.TODO, 30, "Een week kiezen"),
        ("Nieuwe lampen in het achterpad", PARTNER, HOUSING, Stage.DONE, -20, ""),
    )),
    ("Een schone buurt", "Minder vuil naast de containers.", "leefbaarheid", (
        ("Drie prullenbakken meer, en de containers vaker legen", CITY, "Schone stad", Stage.DONE, -35, ""),
        ("Elke maand samen opruimen", SHOP, "Winkels aan het plein", Stage.RUNNING, 120, "Ringen en zakken halen"),
    )),
)  # fmt: skip
WHY_LATER = "Levering bomen: de kweker heeft ze pas in het voorjaar."
RESULTS = {
    "Twee bomen, een bank en een tuin op de Wilgenhof": "Op de Wilgenhof staan twee bomen en een bank. Bewoners zorgen voor de tuin.",
    "Nieuwe lampen in het achterpad": "In het achterpad hangen zes nieuwe lampen.",
    "Drie prullenbakken meer, en de containers vaker legen": "De containers worden twee keer per week geleegd.",
}
CHOSEN = "Uw wens is gekozen op de buurtavond. Het onderwerp staat nu in de buurtagenda."
BUSY = "We zijn begonnen op de Wilgenhof. Bewoners maken met De Vechtoever ook een plan voor een tuin: de Wilgentuin."
READY = "Op de Wilgenhof staan nu twee bomen en een bank. Eromheen willen bewoners een tuin maken. Komt u kijken?"
SUMMARY = {
    "nl": "In Zuilen-Oost kozen we drie onderwerpen: groen en ontmoeten, veilig door de straat, en een schone buurt.",
    "nl-x-simpel": "We kozen drie dingen: groen en elkaar zien, veilig verkeer, en schoon.",
    "en": "In Zuilen-Oost we chose three topics: green and meeting, safe streets, and a clean neighbourhood.",
}

# Topics as published (domain report, section 3.2), each with its challenge and an invented agreement.
ELSEWHERE = {
    "kanaleneiland": (
        ("Werk", "werk", "Tien stages bij bedrijven in de buurt", CITY, "Werk in de wijk", Stage.RUNNING),
        ("Gezondheid", "gezondheid", "Negen weken samen bewegen", RESIDENT, "Vrouwen van het eiland", Stage.DONE),
        ("Jeugd", "jeugd", "Een school maakt stickers voor de containers", PARTNER, "Basisschool Het Eiland", Stage.DONE),
        ("Schoon en veilig", "leefbaarheid", "Drie lanen beplanten", RESIDENT, "Bewoners van de lanen", Stage.TODO),
    ),
    "pijlsweerd": (
        ("Elkaar kennen en helpen", "ontmoeten", "Elke week een inloop", PARTNER, "Welzijn De Brug", Stage.RUNNING),
        ("Geld", "armoede", "Samen de post openen", PARTNER, "Welzijn De Brug", Stage.LOOKING),
        ("Leefomgeving en veiligheid", "veiligheid", "Bewoners verzorgen een groene straat", RESIDENT, "Straatgroep", Stage.DONE),
    ),
    "ondiep-2e-daalsebuurt": (
        ("Rondkomen", "armoede", "Een spreekuur over geld", CITY, "Werk en Inkomen", Stage.LOOKING),
        ("Een diploma", "jeugd", "Huiswerk maken in de bibliotheek", PARTNER, "Bibliotheek Ondiep", Stage.RUNNING),
        ("Zwerfvuil", "leefbaarheid", "Elke maand opruimen met kinderen", RESIDENT, "Ouders van Ondiep", Stage.TODO),
        ("Parkeren", "leefbaarheid", "Samen kijken waar het knelt", CITY, "Verkeer", Stage.STOPPED),
    ),
    "parkwijk-zuid": (
        ("Elkaar kennen en helpen", "ontmoeten", "Een groep in de telefoon voor de hele buurt", RESIDENT, "Buren van Parkwijk", Stage.DONE),
        ("Jeugd", "jeugd", "Een avond per week sport op het veld", PARTNER, "Sport in de buurt", Stage.RUNNING),
        ("Schoon", "leefbaarheid", "Een uur bij de winkels, elke maand", CITY, "Schone stad", Stage.RUNNING),
    ),
    "terwijde": (
        ("Elkaar kennen", "ontmoeten", "Een wandelgroep", RESIDENT, "Wandelaars van Terwijde", Stage.DONE),
        ("Schoon", "leefbaarheid", "Meer prullenbakken bij het station", CITY, "Schone stad", Stage.TODO),
        ("Verkeer bij de winkels", "veiligheid", "Onderzoek naar fietsen bij de winkels", CITY, "Verkeer", Stage.LOOKING),
        ("Jeugd", "jeugd", "Een plek voor jongeren", PARTNER, "Jongerenwerk", Stage.TODO),
    ),
}  # fmt: skip
WHY_STOPPED = "Er is geen plek voor meer auto's. Op de buurtavond is dit uitgelegd."


@dataclass(frozen=True)
class Making:
    """Who makes the agendas, who says yes for the housing association, and what they point at."""

    by: Person
    linda: Person
    at: datetime.datetime
    challenges: dict[str, Challenge]
    partners: dict[str, Organisation]


def make_agendas(by: Person, linda: Person, *, at: datetime.datetime) -> None:
    """Six agendas that count now, with partners who said yes. `by` makes them."""
    areas = {area.code: area for area in Area.objects.filter(code__in=["zuilen-oost", "WK034403", *ELSEWHERE])}
    challenges = {challenge.code: challenge for challenge in Challenge.objects.all()}
    making = Making(by, linda, at, challenges, make_partners(areas, by, linda, at))
    make_zuilen_oost(areas["zuilen-oost"], making)
    for code, topics in ELSEWHERE.items():
        make_elsewhere(areas[code], topics, making)


def make_partners(areas: dict[str, Area], by: Person, linda: Person, at: datetime.datetime) -> dict[str, Organisation]:
    made = {}
    since = timezone.localdate(at - 400 * DAY)
    for name, kind, codes in PARTNERS:
        here = [areas[code] for code in codes if code in areas]
        made[name] = party(name, kind, here, by=by, at=at)
    add_representative(made[HOUSING], name=linda.name, role="Beheer in de buurt", from_on=since, by=by, at=at)
    return made


def make_elsewhere(area: Area, topics: tuple[tuple, ...], making: Making) -> None:
    """An agenda with one agreement for each topic."""
    made_at, by = making.at - 110 * DAY, making.by
    version = agendas.make_draft(area, by=by, at=made_at)
    promises = []
    for title, challenge, what, kind, owner, stage in topics:
        topic = agendas.add_topic(version, TopicFacts(title, challenge=making.challenges.get(challenge)), by=by, at=made_at)
        promises.append((promise(topic, (what, kind, owner, stage, 40, ""), making, made_at), stage))
    agendas.adopt(version, adopted_by="Bewoners op de buurtavond", valid_from=(made_at + DAY).date(), by=by, at=made_at + DAY)
    for agreement, stage in promises:
        move_to(agreement, stage, by, making.at - 12 * DAY)


def make_zuilen_oost(area: Area, making: Making) -> None:
    """The agenda of the story: three topics chosen with stickers, nine agreements, and the thread of ZO-42 to its end."""
    by, at = making.by, making.at
    chosen_at = at - (CHOSEN_AGO - 1) * DAY
    version = agendas.make_draft(area, by=by, at=chosen_at)
    agendas.change_version(version, steering_group="Zes bewoners, het wijkbureau en De Vechtoever", summary=SUMMARY, by=by, at=chosen_at)
    promises: list[tuple[Agreement, Stage]] = []
    votes = {THE_WISH: STICKERS} | dict(OTHERS)
    for title, text, challenge, wanted in ZUILEN_OOST:
        topic = add_chosen(version, TopicFacts(title, text, making.challenges.get(challenge)), votes, by, chosen_at)
        promises += [(promise(topic, one, making, chosen_at + DAY), one[3]) for one in wanted]
    told = Wish.objects.filter(stage=WishStage.SEEN, why=ANSWERS["evening"], topics__version=version)
    adopted_at = chosen_at + 4 * DAY
    agendas.adopt(
        version, adopted_by="De stuurgroep van Zuilen-Oost", valid_from=timezone.localdate(adopted_at), by=by, at=adopted_at,
        tell=TellGivers(CHOSEN, list(told)),
    )  # fmt: skip
    the_wish = list(Wish.objects.filter(reference=THE_WISH))
    first = promises[0][0]
    say_yes(first, making, adopted_at + DAY)
    agendas.move_on(first, Stage.RUNNING, tell=TellGivers(BUSY, the_wish), by=by, at=at - 70 * DAY)
    agendas.move_on(first, Stage.DONE, result=RESULTS[first.what], tell=TellGivers(READY, the_wish), by=by, at=at - 10 * DAY)
    for agreement, stage in promises[1:]:
        move_to(agreement, stage, by, at - 15 * DAY)
    agendas.join(promises[1][0], name="Aziz", phone="06 00000098", by=None, at=at - 3 * DAY)


def add_chosen(version: AgendaVersion, facts: TopicFacts, votes: dict[str, int], by: Person, at: datetime.datetime) -> Topic:
    """A topic chosen with stickers, with the wishes of its themes."""
    themes = {"Groen en ontmoeten": ("green", "together"), "Veilig door de straat": ("traffic", "safe"), "Een schone buurt": ("clean",)}
    chosen = Wish.objects.heads().filter(area__code__startswith="BU0344024", theme__in=themes[facts.title], given_at__lt=at)
    number = STICKERS if facts.title == "Groen en ontmoeten" else sum(votes.get(wish.reference, 0) for wish in chosen)
    told = TopicFacts(
        facts.title, facts.text, facts.challenge, Origin.MEETING, Method.STICKERS, number, sum(votes.values()), PEOPLE, 3,
        timezone.localdate(at - DAY),
    )  # fmt: skip
    topic = agendas.add_topic(version, told, by=by, at=at)
    agendas.choose_wishes(topic, list(chosen), by=by, at=at)
    return topic


def promise(topic: Topic, wanted: tuple, making: Making, at: datetime.datetime) -> Agreement:
    """An agreement with who sees to it, who said yes; the housing association is asked first."""
    what, kind, owner, _stage, days, next_step = wanted
    due_on = timezone.localdate(making.at) + datetime.timedelta(days=days)
    made = agendas.add_agreement(topic, Promise(what, timezone.localdate(at), due_on, next_step), by=making.by, at=at)
    asked = agendas.add_owner(made, OwnerFacts(owner, kind, Role.OWNER, making.partners.get(owner)), by=making.by, at=at)
    if owner != HOUSING:
        agendas.accept(asked, said_by=owner, how=Said.TOLD, by=making.by, at=at + DAY)
    return made


def say_yes(agreement: Agreement, making: Making, at: datetime.datetime) -> None:
    """Linda says yes for De Vechtoever by the link in her mail, and residents help."""
    (owner,) = agreement.owners.all()
    agendas.accept(owner, said_by=making.linda.name, how=Said.LINK, by=making.linda, at=at)
    helpers = agendas.add_owner(agreement, OwnerFacts("Bewoners van de Wilgenhof", RESIDENT, Role.CO_WORKER), by=making.by, at=at)
    agendas.accept(helpers, said_by="Kees Vermeer", how=Said.TOLD, by=making.by, at=at)


def move_to(agreement: Agreement, stage: Stage, by: Person, at: datetime.datetime) -> None:
    """How it stands now."""
    if stage == Stage.LATER:
        agendas.move_on(agreement, Stage.RUNNING, by=by, at=at - 20 * DAY)
        agendas.postpone(agreement, due_on=agreement.due_on, why=WHY_LATER, by=by, at=at)  # type: ignore[arg-type]
    elif stage == Stage.DONE:
        agendas.move_on(agreement, stage, result=RESULTS.get(agreement.what, "Het is gelukt."), by=by, at=at)
    elif stage == Stage.STOPPED:
        agendas.move_on(agreement, stage, why=WHY_STOPPED, by=by, at=at)
    elif stage != Stage.TODO:
        agendas.move_on(agreement, stage, by=by, at=at)
