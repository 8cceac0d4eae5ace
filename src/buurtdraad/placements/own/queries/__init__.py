"""What this room has of a person, for that person alone, by subject."""

from buurtdraad.accounts.models import Person
from buurtdraad.placements.own.queries import after, shifts, training

# Keys to persons of which `personal_data` gives the rows.
GIVEN = shifts.GIVEN | after.GIVEN | training.GIVEN


def personal_data(person: Person) -> dict:
    """All that this room has of a person."""
    return {**shifts.personal_data(person), **after.personal_data(person), **training.personal_data(person)}
