"""Samples of the addresses of coherence, for `tests.access`."""

import datetime
from typing import Any

from buurtdraad.challenges.models import Challenge
from buurtdraad.places.models import Area
from buurtdraad.reports.models import Cell, Finding
from buurtdraad.reports.states import FindingKind, FindingStage

PLACE = "BU03440241"
DEEDS = ("finding", "take_up", "set_aside", "agree", "to_meeting")


def coherence_samples(at: datetime.datetime) -> dict[str, Any]:
    """A cell, a finding that waits, and one that was set aside."""
    area, challenge = Area.objects.get(code=PLACE), Challenge.objects.get(code="jeugd")
    Cell.objects.create(area=area, challenge=challenge, need=4)
    waits = Finding.objects.create(kind=FindingKind.NEED_WITHOUT_WORK, key="access", area=area, found_at=at, seen_at=at)
    aside = Finding.objects.create(
        kind=FindingKind.NO_OWNER, key="access aside", area=area, stage=FindingStage.SET_ASIDE, found_at=at, seen_at=at
    )
    return {
        **{f"reports:{deed}": waits.uuid for deed in DEEDS},
        "reports:open_again": aside.uuid,
        "challenge": "jeugd",
    }
