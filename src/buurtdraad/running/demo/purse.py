"""The pots of the demo city, and the money that the group of Zuilen-Oost reserved. All of it is invented."""

import datetime
from decimal import Decimal

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.money.actions.pots import open_pot, put_in
from buurtdraad.money.actions.reserving import Decided, reserve, say_yes, set_four_eyes
from buurtdraad.money.models import Pot
from buurtdraad.money.states import How, Source
from buurtdraad.partners.models import Organisation
from buurtdraad.places.models import Area
from buurtdraad.running.demo.agreements import HOUSING
from buurtdraad.running.demo.cast import ZUILEN_OOST
from buurtdraad.running.demo.city import CITY

FUND, AGENDA, OF_PARTNER = "Initiatievenfonds", "Buurtagenda Zuilen-Oost", "Groen van De Vechtoever"
YEAR_BEFORE = "Bedacht voor dit voorbeeld: de begroting van de gemeente."
# Name, whose money it is, where, how much each year (last year and this one), what it is for.
POTS = (
    (FUND, Source.FUND, CITY, (Decimal(180_000), Decimal(200_000)), "Voor plannen van bewoners in de hele stad."),
    (AGENDA, Source.AGENDA, ZUILEN_OOST, (None, Decimal(15_000)), "Voor de afspraken in de buurtagenda. De groep beslist samen."),
    (OF_PARTNER, Source.PARTNER, ZUILEN_OOST, (None, Decimal(6_000)), "Voor groen bij de flats. Het geld is van de corporatie."),
)  # fmt: skip
# Two people are needed above this amount.
TWO_ABOVE = Decimal(1_000)
# What the evening reserved, and its numbers: 47 came, 39 were for it and 3 against.
RESERVED = ("Elke laatste vrijdag samen eten in het buurthuis", Decimal(2_400), 47, 39, 3, "Voor een jaar samen eten")
DAY = datetime.timedelta(days=1)


def make_pots(noor: Person, *, at: datetime.datetime) -> None:
    """The pots of last year and this one, filled; what is there already is filled anew. `noor` sees to the money."""
    this_year = timezone.localdate(at).year
    set_four_eyes(above=TWO_ABOVE, from_on=datetime.date(this_year - 1, 1, 1), source=YEAR_BEFORE, by=noor, at=at)
    areas = {area.code: area for area in Area.objects.filter(code__in={code for _name, _source, code, *_rest in POTS})}
    partner = Organisation.objects.filter(name=HOUSING).first()
    for name, source, code, amounts, about in POTS:
        for year, amount in zip((this_year - 1, this_year), amounts, strict=True):
            if amount is not None:
                since = first_of(year, at)
                pot = pot_of(name, year) or open_pot(
                    name=name, source=source, year=year, area=areas[code], organisation=partner, about=about, by=noor, at=since
                )
                put_in(pot, amount, why=YEAR_BEFORE, by=noor, at=since)


def first_of(year: int, at: datetime.datetime) -> datetime.datetime:
    """The first working morning of a year, or now where that is still to come."""
    return min(timezone.localtime(at).replace(year=year, month=1, day=2, hour=9, minute=0), at)


def pot_of(name: str, year: int) -> Pot | None:
    return Pot.objects.filter(name=name, year=year).first()


def make_reservation(joris: Person, noor: Person, *, at: datetime.datetime) -> None:
    """The evening chose it by hands; `joris` wrote it down and `noor` said yes. Nothing without that evening."""
    what, amount, people, in_favour, against, words = RESERVED
    agreement = Agreement.objects.filter(what=what, area__code=ZUILEN_OOST).first()
    evening = Meeting.objects.filter(area__code=ZUILEN_OOST, stage=Stage.CLOSED).order_by("starts_at").first()
    pot = pot_of(AGENDA, timezone.localdate(at).year)
    if agreement is None or evening is None or pot is None:
        return
    since = evening.starts_at + 2 * DAY
    decided = Decided(timezone.localdate(evening.starts_at), How.HANDS, people, in_favour, against, evening, words)
    made = reserve(pot, agreement, amount=amount, decided=decided, by=joris, at=since)
    say_yes(made, by=noor, at=since + DAY)
