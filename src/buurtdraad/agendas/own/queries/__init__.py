"""What this room has of a person, for that person alone; and what is past its time."""

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.own.queries import agenda, comments, meetings, wishes

# Keys to persons and contacts of which `personal_data` gives the rows.
GIVEN = wishes.GIVEN | meetings.GIVEN | comments.GIVEN | agenda.GIVEN


def personal_data(person: Person) -> dict:
    """All that this room has of a person."""
    return {
        **wishes.personal_data(person),
        **meetings.personal_data(person),
        **comments.personal_data(person),
        **agenda.personal_data(person),
    }
