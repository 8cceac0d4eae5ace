"""What a person joins in with, and the agreements that they see to."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Joiner, Owner
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.ui.rows import Row

GIVEN = frozenset({"agendas.Joiner.contact", "agendas.Owner.contact"})


def joined_by(person: Person) -> QuerySet[Joiner]:
    """What a person wants to join in with, the last one first."""
    found = Joiner.objects.filter(contact__person=person)
    return found.select_related("topic__version", "agreement__topic__version").order_by("-since", "-id")


def owned_by(person: Person) -> QuerySet[Owner]:
    """The agreements for which a person was asked, or which they see to; the last one first."""
    return Owner.objects.filter(contact__person=person).select_related("agreement__topic__version").order_by("-id")


def part_of(person: Person) -> Sequence[Owner | Joiner]:
    """Both: what they see to first."""
    return [*owned_by(person), *joined_by(person)]


def part_row(one: Owner | Joiner) -> Row:
    """One of them, with the page of the topic or agreement where everybody may see it."""
    thing = one.agreement or (one.topic if isinstance(one, Joiner) else None)
    assert thing
    topic = thing.topic if isinstance(thing, Agreement) else thing
    page = "agendas:agreement" if isinstance(thing, Agreement) else "agendas:topic"
    url = "" if topic.version.stage == VersionStage.DRAFT else reverse(page, args=[thing.pk])
    moment = one.since if isinstance(one, Joiner) else one.accepted_at or one.refused_at or one.asked_at
    return Row(str(thing), url, how(one), moment)


def how(one: Owner | Joiner) -> str:
    if isinstance(one, Joiner):
        return _("you join in")
    if one.accepted_at:
        return _("you said yes")
    return _("you said no") if one.refused_at else _("you were asked")


def personal_data(person: Person) -> dict:
    return {
        "doet mee aan": [
            {"onderwerp of afspraak": str(one.agreement or one.topic), "naam": one.name, "sinds": one.since, "antwoord op": one.answered_at}
            for one in joined_by(person)
        ],
        "afspraken die u doet": [
            {
                "afspraak": str(one.agreement),
                "naam op de site": one.name,
                "rol": one.get_role_display(),
                "gevraagd op": one.asked_at,
                "ja gezegd op": one.accepted_at,
                "nee gezegd op": one.refused_at,
                "wie het zei": one.said_by,
                "waarom niet": one.why,
            }
            for one in owned_by(person)
        ],
    }
