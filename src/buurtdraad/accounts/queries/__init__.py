"""What is true now of persons and their duties."""

from buurtdraad.accounts.queries.duties import (
    PersonsDuties,
    ending,
    found_duties,
    found_people,
    holders,
    persons_duties,
    place_choices,
    with_places,
    withdrawn,
)
from buurtdraad.accounts.queries.people import names_of, person_of

__all__ = [
    "PersonsDuties",
    "ending",
    "found_duties",
    "found_people",
    "holders",
    "names_of",
    "person_of",
    "persons_duties",
    "place_choices",
    "with_places",
    "withdrawn",
]
