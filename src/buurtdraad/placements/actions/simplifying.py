"""Rules that must be simpler: who sees to it, by when, and what came of it."""

import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import tell
from buurtdraad.messages.states import Kind
from buurtdraad.placements.access import may_move_rule
from buurtdraad.placements.actions.records import write_down
from buurtdraad.placements.models import SimplerRule
from buurtdraad.placements.states import RULE_MOVES, RULE_STAYS, LessonStage, RuleStage


class NotShared(Refused):
    """The lesson behind a rule is not shared, or somebody else sees to the rule."""


@transaction.atomic
def give_rule(
    rule: SimplerRule, *, owner: Person | None, owner_name: str, due_on: datetime.date, by: Person, at: datetime.datetime
) -> None:
    """Say who sees to a rule, and by when; a person hears of it. Again: somebody else, or another date.

    Raises `NotShared` or `WrongStage`.
    """
    if not is_seen(rule):
        raise NotShared(_("Share the lesson first."))
    # The database holds that a rule under way names its owner and date: these come first.
    SimplerRule.objects.filter(pk=rule.pk, stage=rule.stage).update(owner=owner, owner_name=owner_name, due_on=due_on)
    move(rule, RuleStage.BUSY, moves=RULE_MOVES)
    note("rule.given", rule, by=by, at=at, payload={"due_on": due_on.isoformat()})
    if owner:
        tell(
            owner,
            kind=Kind.WORK,
            subject=gettext_lazy("You see to a rule that must be simpler"),
            body=format_lazy("{rule}\n\n{proposal}", rule=rule.rule, proposal=rule.proposal),
            link=f"/stages/regels/{rule.uuid}/",
            by=by.uuid,
            at=at,
        )
    rule.refresh_from_db()


@transaction.atomic
def move_rule(rule: SimplerRule, to: RuleStage, *, what_came: str, on: datetime.date, by: Person, at: datetime.datetime) -> None:
    """It is simpler now, or will not happen, with what came of it or why not. Raises `NotShared` for another's, and `WrongStage`."""
    if not may_move_rule(by, rule):
        raise NotShared(_("Somebody else sees to this rule."))
    done_on = on if to == RuleStage.DONE else None
    SimplerRule.objects.filter(pk=rule.pk, stage=rule.stage).update(what_came=what_came, done_on=done_on)
    move(rule, to, moves=RULE_MOVES)
    note("rule.moved", rule, by=by, at=at, payload={"stage": str(to)})
    rule.refresh_from_db()


@transaction.atomic
def open_again(rule: SimplerRule, *, by: Person, at: datetime.datetime) -> None:
    """What would not happen is looked at again; who saw to it does not any more. Raises `WrongStage`."""
    move(rule, RuleStage.OPEN, moves=RULE_MOVES)
    SimplerRule.objects.filter(pk=rule.pk).update(owner=None, owner_name="", due_on=None, what_came="")
    note("rule.opened_again", rule, by=by, at=at)
    rule.refresh_from_db()


def is_seen(rule: SimplerRule) -> bool:
    """Whether everybody may see it; what is under way or done stays when its lesson is taken back."""
    lesson = rule.lesson.stage
    return lesson == LessonStage.SHARED or (lesson == LessonStage.WITHDRAWN and rule.stage in RULE_STAYS)


def note(verb: str, rule: SimplerRule, *, by: Person, at: datetime.datetime, payload: dict | None = None) -> None:
    public = is_seen(rule)
    write_down(verb, f"rule:{rule.uuid}", by=by, at=at, public=public, area=rule.lesson.area, payload=payload)
