"""The meetings that a person signed up for."""

from django.db.models import QuerySet
from django.urls import reverse

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.meetings.queries.seats import own_token
from buurtdraad.agendas.meetings.states import Stage
from buurtdraad.ui.rows import Row

GIVEN = frozenset({"agendas.SignUp.contact"})


def sign_ups_of(person: Person) -> QuerySet[SignUp]:
    """The sign-ups of a person, the last one first."""
    return SignUp.objects.filter(contact__person=person).select_related("meeting").order_by("-at", "-id")


def sign_up_row(sign_up: SignUp) -> Row:
    """One of them, with the page on which they change it or take their name off."""
    meeting = sign_up.meeting
    state = meeting.get_stage_display() if meeting.stage == Stage.CANCELLED else sign_up.get_stage_display()
    return Row(meeting.title, reverse("agendas:sign_up", args=[own_token(sign_up)]), state, meeting.starts_at)


def personal_data(person: Person) -> dict:
    return {
        "bijeenkomsten": [
            {
                "bijeenkomst": one.meeting.title,
                "begint op": one.meeting.starts_at,
                "naam": one.name,
                "met hoeveel": one.people,
                "wat u nodig heeft": one.needs,
                "stand": one.get_stage_display(),
                "aangemeld op": one.at,
                "was er op": one.came_at,
            }
            for one in sign_ups_of(person)
        ],
    }
