"""What waits at work around lessons and rules, as lines for `/werk/`. At most `MOST`, one more than the page shows."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.messages.rules import WorkItem
from buurtdraad.placements.access import may_organise
from buurtdraad.placements.models import SimplerRule
from buurtdraad.placements.queries import lessons
from buurtdraad.placements.states import RuleStage

MOST = 21


def lessons_to_read(person: Person, on: datetime.date) -> list[WorkItem]:
    """Lessons of placements that wait until somebody reads them; one's own are for somebody else. One query."""
    if not may_organise(person):
        return []
    return [
        WorkItem(
            _("Read a lesson: %(subject)s") % {"subject": lesson.get_theme_display()},
            reverse("placements:work_lesson", args=[lesson.uuid]),
            area=lesson.place or "",  # type: ignore[attr-defined]
            since=localdate(lesson.made_at),
        )
        for lesson in lessons.to_read().exclude(writer=person)[:MOST]
    ]


def rules(person: Person, on: datetime.date) -> list[WorkItem]:
    """Rules that must be simpler: one's own, and for who organises those that nobody sees to and those that are late. One query."""
    wanted = Q(owner=person, stage=RuleStage.BUSY)
    if may_organise(person):
        wanted |= lessons.rules_asking(on)
    return [rule_item(rule, person, on) for rule in SimplerRule.objects.filter(wanted).order_by("due_on", "pk")[:MOST]]


def rule_item(rule: SimplerRule, person: Person, on: datetime.date) -> WorkItem:
    if rule.stage == RuleStage.OPEN:
        words, page = _("Who sees to this rule? %(rule)s"), "placements:give_rule"
    else:
        words, page = _("Must be simpler: %(rule)s"), "placements:rule" if rule.owner_id == person.pk else "placements:work_rule"
    return WorkItem(words % {"rule": rule.rule}, reverse(page, args=[rule.uuid]), (rule.due_on - on).days if rule.due_on else None)
