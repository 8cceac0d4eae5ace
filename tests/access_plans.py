"""Samples of the addresses of plans of residents, for `tests.access`: one on the site, of somebody who is signed in nowhere."""

import datetime
from typing import Any

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.actions import news, people, plans
from buurtdraad.messages.actions import contact_for
from buurtdraad.places.models import Area

PLACE = "BU03440241"
NAMES = (
    "initiative", "manage", "change", "stage", "links", "invite", "send_link", "add_need", "offer", "add_update", "add_picture",
    "add_prize", "take_off",
    "add_somebody", "take_back",
)  # fmt: skip


def plan_samples(people_by_role: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """A plan on the site with an update, by the addresses that name it."""
    by, area = people_by_role["area_adviser"], Area.objects.get(code=PLACE)
    plan = plans.make(title="Wilgentuin", area=area, theme="green", summary="Een tuin.", contact=None, by=by, at=at)
    plans.show(plan, by=by, at=at)
    update = news.add_update(plan, text="Het begint.", by=by, at=at)
    somebody = Person.objects.create(name="Kees", password="!", email="kees-plan@example.org")
    member = people.add_member(plan, contact_for(somebody, at=at), by=by, at=at)
    return {f"initiatives:{name}": plan.slug for name in NAMES} | {
        "pages:plan_money": plan.slug,
        "initiatives:member": {"slug": plan.slug, "pk": member.pk},
        "initiatives:add_update_picture": {"slug": plan.slug, "uuid": update.uuid},
    }
