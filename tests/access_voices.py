"""Samples of the addresses of what neighbours think of plans, for `tests.access`."""

import datetime
from typing import Any
from uuid import UUID

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.actions import concerns, plans, zones
from buurtdraad.initiatives.models import Evidence
from buurtdraad.places.models import Area

PLACE = "BU03440241"
OF_ONE = ("count", "evidence_file", "reject_evidence", "count_again", "take_back_evidence")


def voice_samples(people_by_role: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """A plan on the site with a part, a list and a worry that was read, by the addresses that name them."""
    by, area = people_by_role["area_adviser"], Area.objects.get(code=PLACE)
    plan = plans.make(title="Leefstraat", area=area, theme="green", summary="Een straat.", contact=None, by=by, at=at)
    plans.show(plan, by=by, at=at)
    zone = zones.add_zone(plan, name="Dicht", rule="everybody", unit="household", units=12, by=by, at=at)
    worry = concerns.give(plan, words="Waar parkeren wij?", by=None, at=at)
    concerns.show(worry, by=by, at=at)
    # No file is kept where this runs.
    facts = {"evidence_kind": "sheet", "key": "e" * 32, "kind": "pdf", "bytes": 1, "given_at": at, "destroyed_at": at}
    sheet = Evidence.objects.create(uuid=UUID(int=2), initiative=plan, **facts)
    by_plan = dict.fromkeys(("initiatives:opinion", "initiatives:concern", "initiatives:add_evidence", "initiatives:neighbours"), plan.slug)
    by_zone = {f"initiatives:{name}": {"slug": plan.slug, "pk": zone.pk} for name in ("zone", "remove_zone")}
    return {
        **by_plan,
        **by_zone,
        "initiatives:add_zone": plan.slug,
        "initiatives:answer_concern": worry.uuid,
        **{f"initiatives:{name}": sheet.uuid for name in OF_ONE},
    }
