"""The training of a person."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.models import Person
from buurtdraad.placements.access import may_take_part
from buurtdraad.placements.models import Enrolment
from buurtdraad.placements.queries.training import enrolments_of, number_to_choose, to_evaluate
from buurtdraad.ui.rows import Row

GIVEN = frozenset({"placements.Enrolment.person"})
# Of those who came and said nothing yet.
MOST_ASKED = 3


def enrolment_row(enrolment: Enrolment) -> Row:
    """One session, with the page on which they take their name off or say what they think."""
    session = enrolment.session
    page = reverse("placements:training_session", args=[session.uuid])
    return Row(session.module.name, page, enrolment.get_stage_display(), session.starts_at)


def rows_waiting(person: Person) -> list[Row]:
    """For who works for the municipality: what there is to choose, and what they were asked."""
    if not may_take_part(person):
        return []
    number = number_to_choose(person, timezone.now())
    words = ngettext("Training: one day to choose", "Training: %(number)d days to choose", number) % {"number": number}
    asked = [
        Row(
            _("What did you think of: %(title)s") % {"title": one.session.module},
            reverse("placements:training_session", args=[one.session.uuid]),
        )
        for one in to_evaluate(person)[:MOST_ASKED]
    ]
    return [*asked, *([Row(words, reverse("placements:training"))] if number else [])]


def personal_data(person: Person) -> dict:
    found = enrolments_of(person)
    return {"opleiding": [of_one(one) for one in found]} if found else {}


def of_one(one: Enrolment) -> dict:
    return {
        "training": one.session.module.name,
        "begint op": one.session.starts_at,
        "stand": one.get_stage_display(),
        "aangemeld op": one.since,
        "hoe nuttig (1 tot 5)": one.useful,
        "wat beter kan": one.words,
        "beantwoord op": one.evaluated_at,
    }
