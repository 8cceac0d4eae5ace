"""Samples of the addresses of project sheets, for `tests.access`: a project with a step on the way and what it answers."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.places.models import Area
from buurtdraad.works.actions import answers, lines, sheets

PLACE = "BU03440241"
OF_A_SHEET = ("work", "change_part", "follow_areas", "remove", "move", "say_right", "money", "answers", "add_line", "public_work")


def work_sheet_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """What the parameters of these addresses stand for."""
    by, area = people[Duty.PROGRAMME_MANAGER.value], Area.objects.get(code=PLACE)
    until = timezone.localdate(at) + datetime.timedelta(days=90)
    work = sheets.make(title="Riool", areas=[area], department="Stadsbedrijven", until_on=until, by=by, at=at)
    step = lines.keep_milestone(work, None, what="Kabels", due_on=until, by=by, at=at)
    answer = answers.add(work, Wish.objects.on_site().heads().first(), by=by, at=at)
    line = {"uuid": work.uuid, "kind": "stap-op-weg", "pk": step.pk}
    parts = {"uuid": work.uuid, "part": "waarom", "kind": "stap-op-weg"}
    return {f"works:{name}": parts for name in OF_A_SHEET} | {
        "works:change_line": line,
        "works:remove_line": line,
        "works:take_answer_away": {"uuid": work.uuid, "pk": answer.pk},
    }
