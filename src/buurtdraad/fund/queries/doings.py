"""What can be done with an application from its file: one function for each subject, which the page puts in a row of buttons.

Each subject appends its function to `SUBJECTS`. It gives what this person may do now with this application, the most usual first.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Someone
from buurtdraad.fund import access
from buurtdraad.fund.models import Application, Letter, RoundEntry
from buurtdraad.fund.queries.settling import outdated
from buurtdraad.fund.states import DECIDED, IN_HAND, PAYABLE, Stage


@dataclass(frozen=True)
class Doing:
    """One thing to do: its label and the page that does it. `first`: it is what comes next now, so it stands out."""

    label: str
    url: str
    first: bool = False


type Subject = Callable[[Someone, Application, datetime.date], Iterator[Doing]]


def doings(person: Someone, application: Application, today: datetime.date) -> list[Doing]:
    """All that somebody may do now with an application, what comes next first."""
    found = [doing for subject in SUBJECTS for doing in subject(person, application, today)]
    return sorted(found, key=lambda doing: not doing.first)


def handling(person: Someone, application: Application, today: datetime.date) -> Iterator[Doing]:
    """Of who handles it: complete, ask, lines, hear, more time, another desk."""
    if not access.may_handle(person, application):
        return
    uuid, stage = application.uuid, application.stage
    if stage in {Stage.SUBMITTED, Stage.CHECKING, Stage.WAITING} and not application.complete_on:
        yield Doing(_("Everything is there"), reverse("fund:complete", args=[uuid]), first=stage == Stage.CHECKING)
    if stage in {Stage.CHECKING, Stage.WAITING, Stage.ASSESSING}:
        yield Doing(_("Ask something"), reverse("fund:ask_question", args=[uuid]))
    if stage in {Stage.CHECKING, Stage.WAITING, Stage.ASSESSING, Stage.VIEW}:
        yield Doing(
            _("Look at the costs"), reverse("fund:lines", args=[uuid]), first=stage == Stage.ASSESSING and application.accepted is None
        )
        yield Doing(_("Ask for advice"), reverse("fund:ask_advice", args=[uuid]))
    if stage == Stage.ASSESSING:
        yield Doing(_("Hear them before we decide"), reverse("fund:ask_view", args=[uuid]))
    if stage in IN_HAND:
        yield Doing(_("Take more time"), reverse("fund:more_time", args=[uuid]))
        yield Doing(_("A notice that we are late"), reverse("fund:default_notice", args=[uuid]))
    if stage in {Stage.SUBMITTED, Stage.CHECKING, Stage.WAITING, Stage.ASSESSING}:
        yield Doing(_("Send it to another desk"), reverse("fund:refer", args=[uuid]))


def deciding(person: Someone, application: Application, today: datetime.date) -> Iterator[Doing]:
    """Of who proposes and decides: the proposal, the decision, a small plan in one go, and the letter."""
    uuid, stage = application.uuid, application.stage
    if access.may_decide_small(person, application):
        yield Doing(_("Decide on this small plan"), reverse("fund:decide_small", args=[uuid]), first=True)
    elif access.may_propose(person, application):
        ready = stage != Stage.WAITING and application.accepted is not None
        yield Doing(_("Propose a decision"), reverse("fund:propose", args=[uuid]), first=ready)
    if stage == Stage.PROPOSED:
        yield Doing(_("See the proposal"), reverse("fund:decide", args=[uuid]), first=access.may_decide(person, application))
    unsent = application.decisions.filter(known_on=None).first() if stage in DECIDED | PAYABLE else None
    if unsent and access.may_send(person, application):
        yield Doing(_("Send the letter"), reverse("fund:send_letter", args=[unsent.uuid]), first=True)


def on_paper(person: Someone, application: Application, today: datetime.date) -> Iterator[Doing]:
    """Letters before a decision that somebody prints and sends."""
    unsent = application.letters.filter(about__in=Letter.BEFORE, sent_on=None).first() if application.stage in IN_HAND else None
    if unsent and access.may_send(person, application):
        yield Doing(_("Send the letter"), reverse("fund:send_after", args=[unsent.uuid]))


def after(person: Someone, application: Application, today: datetime.date) -> Iterator[Doing]:
    """What comes after the decision: the account, the final amount, money back, an objection."""
    uuid, stage = application.uuid, application.stage
    if stage not in access.AFTER_YES | {Stage.REFUSED, Stage.NOT_PROCESSED}:
        return
    settles = access.may_settle(person, application)
    if settles and stage in {Stage.REPORT_DUE, Stage.REPORTED}:
        yield Doing(_("Decide on the final amount"), reverse("fund:settle", args=[uuid]), first=stage == Stage.REPORTED)
    if settles and stage == Stage.DETERMINED and outdated(application):
        yield Doing(_("Decide on a new final amount"), reverse("fund:settle", args=[uuid]), first=True)
    if not access.may_see_to(person, application):
        return
    if stage == Stage.REPORTED:
        yield Doing(_("Something is missing"), reverse("fund:give_account_back", args=[uuid]))
    if stage in access.AFTER_YES:
        yield Doing(_("Hear them before we decide"), reverse("fund:hear_after", args=[uuid]))
        yield Doing(_("The account for the money"), reverse("fund:note_account", args=[uuid]))
    # Against what was not made known yet nobody can object (Awb 6:8).
    if application.decisions.exclude(known_on=None).exists():
        yield Doing(_("An objection came"), reverse("fund:note_objection", args=[uuid]))
    if settles:
        yield Doing(_("Take the money back"), reverse("fund:revoke", args=[uuid]))


def rounds(person: Someone, application: Application, today: datetime.date) -> Iterator[Doing]:
    """Of who assesses in the round that it is in: giving points."""
    entry = RoundEntry.objects.filter(application=application).select_related("round").first() if application.round_on else None
    if entry and access.may_score(person, entry.round, application):
        yield Doing(_("Give points"), reverse("fund:give_points", args=[entry.round.uuid, application.uuid]), first=True)


SUBJECTS: tuple[Subject, ...] = (handling, deciding, rounds, on_paper, after)
