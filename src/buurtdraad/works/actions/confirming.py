"""Asking owners once a month whether their sheets are right, and taking in what they say.

The link shows the sheets of one owner, signs nobody in and may be used again until it is too old: who forwards it gives away
no names and no addresses. Opening it changes nothing.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.audit.actions import record
from buurtdraad.lib.monthly import LINK_WORKS
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.emails import address
from buurtdraad.partners.states import Says
from buurtdraad.places.queries import touched_by
from buurtdraad.works.access import duty_of
from buurtdraad.works.models import Work, WorkAsked
from buurtdraad.works.queries.confirming import asked_about, owned, owners_to_ask
from buurtdraad.works.queries.works import with_places
from buurtdraad.works.states import MOVES, NEEDS_REASON, Stage, Trend

ROOM = "works"
MONTH = "month"
# Of a list in a mail; the page has them all.
MOST_LINES = 12
# So long it is kept that somebody was asked.
KEPT = datetime.timedelta(days=400)


class NotSaid(Refused):
    """This cannot be said so; the text says why."""


# --- asking --------------------------------------------------------------------------------------------


def ask_everybody(*, at: datetime.datetime) -> int:
    """Mail every owner of an open sheet, once a month. Returns how many were asked now."""
    month = timezone.localdate(at).replace(day=1)
    forget_asked(before=month - KEPT)
    asked = WorkAsked.objects.filter(month=month).values("email")
    return sum(ask(email, month=month, at=at) for email in owners_to_ask(month, asked))


@transaction.atomic
def ask(email: str, *, month: datetime.date, at: datetime.datetime) -> bool:
    """Mail one owner all their sheets. False when they were asked this month: of two at once one is the first."""
    works = with_places(owned(email))
    uuids = [work.uuid for work in works]
    asked, first = WorkAsked.objects.get_or_create(email=email, month=month, defaults={"at": at, "works": uuids})
    if not works or not first:
        return False
    fresh = make_link(Purpose.CONFIRM_WORKS, email, valid_for=LINK_WORKS, at=at, facts={MONTH: month.isoformat()})
    with override("nl"):
        emails.send(email, letter_about(works, month, address(reverse("works:confirm", args=[fresh.token]), "nl")))
    record("works.owner_asked", room=ROOM, thing=f"asked:{asked.pk}", by=None, channel="job", at=at, payload={"number": len(works)})
    return True


def letter_about(works: list[Work], month: datetime.date, url: str) -> emails.Letter:
    rest = len(works) - MOST_LINES
    return emails.Letter(
        subject=_("Are your project sheets still right? %(month)s") % {"month": date_format(month, "F Y")},
        lines=[
            _("Once a month we ask you whether your project sheets are still right:"),
            *(f"- {work.title} ({date_format(work.until_on, 'j F Y')})" for work in works[:MOST_LINES]),
            *([_("And %(number)s more.") % {"number": rest}] if rest > 0 else []),
            _("All your sheets stand on one page. For most of them one press is enough. You need no account."),
        ],
        url=url,
        button=_("See whether they are right"),
        last_lines=[_("You may send this mail on to who knows about it. The link works for fourteen days.")],
    )


def forget_asked(*, before: datetime.date) -> int:
    """Remove that owners were asked in a month before this day. Returns how many."""
    return WorkAsked.objects.filter(month__lt=before).delete()[0]


# --- hearing -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """The sheets behind a link, and until when it works."""

    works: list[Work]
    valid_until: datetime.datetime


def asked_by(token: str, *, at: datetime.datetime) -> Asked:
    """What a link asks about, for its page. Changes nothing. Raises `BadLink`."""
    link = open_link(Purpose.CONFIRM_WORKS, token, at=at)
    asked = WorkAsked.objects.filter(email=link.subject, month=link.facts.get(MONTH)).first()
    if asked is None:
        raise BadLink(_("You are not asked for this any more. Call us if you want to know why."))
    return Asked(with_places(asked_about(link.subject, asked.works)), link.valid_until)


@dataclass(frozen=True)
class Answer:
    """What an owner says of one sheet. What has changed: a last day, a step, or why; who is stuck says why."""

    says: Says
    until_on: datetime.date | None = None
    stage: str = ""
    why: str = ""


def say_all(answers: list[tuple[Work, Answer]], *, name: str, by: Person | None, at: datetime.datetime) -> dict[UUID, str]:
    """What an owner says of many sheets, each a deed of its own. Gives why some cannot be so, by sheet."""
    refused = {}
    for work, answer in answers:
        try:
            say(work, answer, name=name, by=by, at=at)
        except Refused as refusal:
            refused[work.uuid] = str(refusal)
    return refused


@transaction.atomic
def say(work: Work, answer: Answer, *, name: str, by: Person | None, at: datetime.datetime) -> None:
    """An owner says that a sheet is right, has changed, or is stuck. Without `by` it came by a link. Raises `NotSaid` and `WrongStage`."""
    check(work, answer)
    facts: dict[str, object] = {"confirmed_at": at, "confirmed_by": name[:150]}
    if answer.says != Says.RIGHT:
        facts |= changes(work, answer, timezone.localdate(at)) | {"changed_at": at}
    Work.objects.filter(pk=work.pk).update(**facts)
    if answer.stage and answer.says == Says.CHANGED:
        move(work, answer.stage, moves=MOVES)
    for field, value in facts.items():
        setattr(work, field, value)
    codes = {one.area.code for one in work.work_areas.all()} if answer.says != Says.RIGHT else set()
    payload = {"says": str(answer.says), "fields": sorted({*facts, *(["stage"] if answer.stage else [])} - {"confirmed_by"})}
    record(
        "work.confirmed", room=ROOM, thing=work.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "",
        channel="" if by else "web", at=at, touches=touched_by(codes) if codes else (), payload=payload,
    )  # fmt: skip


def check(work: Work, answer: Answer) -> None:
    """What cannot be said so. Raises `NotSaid`."""
    says_more = bool(answer.until_on or answer.stage or answer.why.strip())
    if not work.is_open:
        raise NotSaid(_("This work is done or stopped already."))
    if answer.says == Says.RIGHT and says_more:
        raise NotSaid(_("You press that it is right, and you fill in something new. Choose one of both."))
    if answer.says == Says.CHANGED and not says_more:
        raise NotSaid(_("Say what has changed: the last day, the step, or why."))
    if answer.says == Says.STUCK and not answer.why.strip():
        raise NotSaid(_("Tell us in a few words why it is stuck."))
    if answer.says == Says.CHANGED and answer.stage in NEEDS_REASON and not answer.why.strip():
        raise NotSaid(_("Tell us in a few words why it stands still or does not happen."))
    if answer.until_on and work.from_on and answer.until_on < work.from_on:
        raise NotSaid(_("The last day lies before the first day."))


def changes(work: Work, answer: Answer, today: datetime.date) -> dict[str, object]:
    """The fields that change with what is said. What is said last counts: who says what changed is not stuck any more."""
    facts: dict[str, object] = {"trend": Trend.STUCK if answer.says == Says.STUCK else "" if work.trend == Trend.STUCK else work.trend}
    if answer.why.strip():
        facts["why"] = answer.why.strip()[:500]
    if answer.until_on:
        facts["until_on"] = answer.until_on
    if answer.says == Says.CHANGED and answer.stage == Stage.DONE:
        facts["done_on"] = today
    if answer.says == Says.CHANGED and answer.stage == Stage.BUSY and work.started_on is None:
        facts["started_on"] = today
    return facts
