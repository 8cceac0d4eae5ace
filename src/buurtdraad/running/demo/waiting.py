"""What waits for the cast on the first day: calls, reports, and what is past its time. Everything is invented."""

from dataclasses import dataclass

from buurtdraad.accounts.moderation.states import Reason
from buurtdraad.messages.rules import check_of
from buurtdraad.running.demo.cast import GEUZENWIJK, OVERVECHT

SCHAAKBUURT = "BU03440242"


@dataclass(frozen=True)
class ToCall:
    """Somebody who wants to hear something by phone: one of the cast, or a name; what, where, and since how many days."""

    who: str
    phone: str
    subject: str
    body: str
    thing: str
    slip: str
    area: str
    days_ago: int


@dataclass(frozen=True)
class Reported:
    """What somebody found wrong, where, and how many days ago."""

    reason: Reason
    text: str
    area: str
    days_ago: int


def slip(seven: str) -> str:
    """A slip with a number that every demo has: seven characters and their check."""
    return seven + check_of(seven)


CALLS = (
    ToCall(
        "emine",
        "06 12345678",
        "Uw wens over een bank en schaduw is klaar",
        "Er staan nu twee bomen en een bank op de Wilgenhof.\n\nDank u wel dat u het ons vertelde.",
        "wish:ZO-42",
        slip("WENS42A"),
        GEUZENWIJK,
        3,
    ),
    ToCall(
        "Meneer De Wit",
        "06 23456789",
        "Uw stoep wordt gemaakt in het voorjaar",
        "We maken de stoep in het voorjaar.",
        "wish:ZO-50",
        slip("WENS57A"),
        SCHAAKBUURT,
        6,
    ),
    ToCall(
        "Mevrouw Koster",
        "06 34567892",
        "Uw maaltijd met de buren komt er, in december",
        "In december eten we samen.",
        "wish:OV-1",
        slip("WENS63A"),
        OVERVECHT,
        2,
    ),
)
REPORTS = (
    Reported(Reason.DANGER, "Bij de speelplek hangt een kabel los.", GEUZENWIJK, 0),
    Reported(Reason.WRONG, "De grens van Geuzenwijk klopt niet. Onze straat hoort er ook bij.", GEUZENWIJK, 4),
    Reported(Reason.OTHER, "Het nummer van het buurthuis werkt niet.", OVERVECHT, 1),
)
# Decided on so long ago that they may go.
OLD_REPORTS = (
    Reported(Reason.RUDE, "Ik vond de toon niet prettig.", SCHAAKBUURT, 430),
    Reported(Reason.ADVERTISEMENT, "Iemand verkoopt hier fietsen.", OVERVECHT, 425),
)
WHY_LEFT = "Dit mag blijven staan."
# A mail to an address that does not exist.
LOST_TEXT = "Wij hebben uw plan besproken. U hoort volgende week meer."
LOST_MAIL = ("Uw plan is besproken", "kees.vermeer@voorbeeld.example", "550 5.1.1 no such user here")
