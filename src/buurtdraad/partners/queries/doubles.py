"""What comes along when an organisation is joined to another: shown before anybody does so."""

import datetime
from dataclasses import dataclass

from buurtdraad.challenges.models import Challenge
from buurtdraad.partners.models import AccordVersion, Offer, Organisation, Representative
from buurtdraad.partners.queries.accords import accords_of
from buurtdraad.partners.queries.offers import offers_of
from buurtdraad.partners.queries.organisations import areas_of, challenges_of, voices_of
from buurtdraad.places import queries as places


@dataclass(frozen=True)
class ComesAlong:
    """What the whole has from a double: areas and challenges that it had not, and all that points at the double."""

    place_names: list[str]
    challenges: list[Challenge]
    voices: list[Representative]
    offers: list[Offer]
    accords: list[AccordVersion]

    @property
    def nothing(self) -> bool:
        return not (self.place_names or self.challenges or self.voices or self.offers or self.accords)


def comes_along(double: Organisation, into: Organisation, *, on: datetime.date) -> ComesAlong:
    """What `into` would have from a double that is not joined yet."""
    there, names = set(areas_of(into)), {area.code for area in areas_of(double)}
    known = places.names_of(names - {area.code for area in there})
    voices, did = voices_of(double, on=on), set(challenges_of(into))
    return ComesAlong(
        sorted(known.get(code, code) for code in names - {area.code for area in there}),
        [one for one in challenges_of(double) if one not in did],
        [*voices.now, *voices.later],
        list(offers_of(double, on=on)),
        accords_of(double),
    )
