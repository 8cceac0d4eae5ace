"""Samples of the addresses of the programme and of a Buurtcheck, for `tests.access`."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.challenges import actions
from buurtdraad.challenges.models import Ambition
from buurtdraad.places.models import Area
from buurtdraad.works.actions import checks

PLACE = "BU03440241"


def programme_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """A promise of the programme, a pledge, the challenge of `access.PROGRAMME`, and a check of somebody who works here."""
    by, today = people["programme_manager"], timezone.localdate(at)
    ambition = Ambition.objects.get(code="nabij")
    aim = actions.add_aim(ambition=ambition, what="Two desks", due_on=today, by=by, at=at)
    pledge = actions.add_pledge(kind="pledge", number="P-1", what="A letter", made_on=today, by=by, at=at)
    check = checks.start(title="Play", department="Space", areas=[Area.objects.get(code=PLACE)], by=people["employee"], at=at)
    deeds = ("change", "finish", "reopen", "remove")
    return {
        **{f"challenges:{deed}_aim": aim.pk for deed in deeds},
        **{f"challenges:{deed}_pledge": pledge.pk for deed in deeds},
        **{f"pages:{name}": "jeugd" for name in ("challenge", "challenge_csv", "challenge_money_csv")},
        **{f"works:{name}": check.uuid for name in ("check", "check_pdf", "change_check", "reopen_check", "remove_check")},
    }
