"""What the programme promised in the demo city, with pledges and motions. All of it is invented; the numbers say so."""

import datetime

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.challenges.actions import promises
from buurtdraad.challenges.models import Ambition
from buurtdraad.challenges.states import PledgeKind

DAY = datetime.timedelta(days=1)
# Ambition, what, due in so many days, done so many days ago (or not), and what came of it.
AIMS = (
    ("de-buurt-als-startpunt", "Zes gebieden hebben een buurtagenda.", -60, 75, "Alle zes staan op deze site."),
    ("de-buurt-als-startpunt", "Negen van de tien wensen krijgen op tijd antwoord.", 400, None, ""),
    (
        "maatwerk-per-buurt",
        "Eén werkwijze, die per buurt anders mag.",
        -30,
        40,
        "De stappen zijn overal gelijk. Afwijken mag, met een reden.",
    ),
    ("maatwerk-per-buurt", "Elk gebied heeft één vast gezicht.", 180, None, ""),
    ("kracht-van-bewoners", "Vragen om geld duurt twee weken korter.", 90, None, "Klein geld gaat al sneller."),
    ("kracht-van-bewoners", "In drie gebieden verdelen bewoners zelf geld.", 300, None, ""),
    ("menselijk-eenvoudig-nabij", "Honderd collega’s helpen een dag mee in een buurt.", 200, None, "Achttien collega’s gingen al."),
    (
        "menselijk-eenvoudig-nabij",
        "Vijf formulieren worden er één.",
        -20,
        None,
        "Eén formulier voor een bankje is er. De rest wordt later.",
    ),
)
# Kind, number, what, of which ambition, made and due in days, done so many days ago (or not), and how it stands.
PLEDGES = (
    (PledgeKind.PLEDGE, "V-01 (verzonnen)", "Twee keer per jaar hoort de raad hoe het gaat.", "de-buurt-als-startpunt", -300, 40, None,
     "Het eerste verslag komt deze winter."),
    (PledgeKind.PLEDGE, "V-02 (verzonnen)", "De raad krijgt de kaart met alle werk in de buurten.", "maatwerk-per-buurt", -200, -10, 15,
     "De kaart staat op deze site."),
    (PledgeKind.MOTION, "V-03 (verzonnen)", "Zet plannen van bewoners voorop.", "kracht-van-bewoners", -250, 120, None,
     "Wij passen de regels van het fonds aan."),
    (PledgeKind.MOTION, "V-04 (verzonnen)", "Laat elke directeur een dag in een buurt meelopen.", "menselijk-eenvoudig-nabij", -90, 150,
     None, ""),
)  # fmt: skip


def make_promises(noor: Person, *, at: datetime.datetime) -> None:
    """All of them, as they stand now."""
    today, since = timezone.localdate(at), at - 320 * DAY
    ambitions = {ambition.code: ambition for ambition in Ambition.objects.all()}
    for code, what, due, done_ago, told in AIMS:
        aim = promises.add_aim(
            ambition=ambitions[code], what=what, due_on=today + due * DAY, told="" if done_ago else told, by=noor, at=since
        )
        if done_ago:
            promises.finish_promise(aim, done_on=today - done_ago * DAY, told=told, by=noor, at=at - done_ago * DAY)
    for kind, number, what, code, made, due, done_ago, told in PLEDGES:
        pledge = promises.add_pledge(
            kind=kind, number=number, what=what, ambition=ambitions[code], made_on=today + made * DAY, due_on=today + due * DAY,
            told="" if done_ago else told, by=noor, at=at + made * DAY,
        )  # fmt: skip
        if done_ago:
            promises.finish_promise(pledge, done_on=today - done_ago * DAY, told=told, by=noor, at=at - done_ago * DAY)
