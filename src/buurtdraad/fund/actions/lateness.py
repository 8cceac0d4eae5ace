"""More time to decide (Awb 4:14, 4:15), and the notice of an applicant that we are late (ingebrekestelling, Awb 4:17)."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions import clock
from buurtdraad.fund.actions.handling import page_of_applicant
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.objecting import undecided
from buurtdraad.fund.actions.paper import write_too
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.telling import tell_applicant
from buurtdraad.fund.models import Application, DefaultNotice, Letter, Objection, ObjectionNotice
from buurtdraad.lib.refusal import Refused


class NoNotice(Refused):
    """This notice cannot be written down."""


@transaction.atomic
def extend(application: Application, *, why: str, by: Person, at: datetime.datetime) -> None:
    """Take the extra weeks of the rules, once, and tell who asked the new day and why. Raises `NotFree`, or `NoMoreTime` of the clock."""
    must_be_free(by, application)
    clock.extend(application, why=why, by=by, at=at, on=timezone.localdate(at))
    tell_applicant(application, lambda: later(application, why), link=page_of_applicant(application), by=by, at=at)
    write_too(application, Letter.About.EXTENSION, lambda: later(application, why), at=at)


@transaction.atomic
def agree(application: Application, *, days: int, why: str, by: Person, at: datetime.datetime) -> None:
    """Who asked agreed in writing to so many days more. They hear the new day. Raises `NotFree`, or `NoMoreTime` of the clock."""
    must_be_free(by, application)
    clock.agree(application, days=days, why=why, by=by, at=at, on=timezone.localdate(at))
    tell_applicant(application, lambda: later(application, why), link=page_of_applicant(application), by=by, at=at)
    write_too(application, Letter.About.EXTENSION, lambda: later(application, why), at=at)


def later(application: Application, why: str) -> tuple[str, list[str]]:
    day = date_format(application.decide_by, "j F Y") if application.decide_by else ""
    return _("We need more time for your request"), [
        _("You hear from us on %(day)s or earlier.") % {"day": day},
        _("Why it takes longer: %(why)s") % {"why": why},
    ]


@transaction.atomic
def note_default(
    application: Application, *, received_on: datetime.date, words: str = "", by: Person, at: datetime.datetime
) -> DefaultNotice:
    """They wrote that we are late; from two weeks after it a penalty runs. Raises `NoNotice` for a second one, or a day to come."""
    today = timezone.localdate(at)
    if not (application.received_on or today) <= received_on <= today:
        raise NoNotice(_("Choose a day between the day on which we got the request and today."))
    try:
        with transaction.atomic():
            made = DefaultNotice.objects.create(
                application=application, received_on=received_on, words=words, noted_by=by.uuid, noted_at=at
            )
    except IntegrityError:
        raise NoNotice(_("There is a notice already.")) from None
    write_down("default.noted", application, by=by, at=at, payload={"on": received_on.isoformat()})
    return made


@transaction.atomic
def reject_default(notice: DefaultNotice, *, why: str, by: Person, at: datetime.datetime) -> None:
    """It came too early, or unreasonably late: no penalty runs. Who asked is told why."""
    DefaultNotice.objects.filter(pk=notice.pk).update(rejected_why=why)
    notice.refresh_from_db()
    write_down("default.rejected", notice.application, by=by, at=at)
    tell_applicant(notice.application, lambda: rejected(why), link=page_of_applicant(notice.application), by=by, at=at)


@transaction.atomic
def note_objection_default(
    objection: Objection, *, received_on: datetime.date, words: str = "", by: Person, at: datetime.datetime
) -> ObjectionNotice:
    """Who objected wrote that we are late with it (Awb 7:14). Raises `NoNotice` as `note_default`, and what `undecided` raises."""
    held = undecided(objection, by)
    if not held.received_on <= received_on <= timezone.localdate(at):
        raise NoNotice(_("Choose a day between the day of the objection and today."))
    facts = {"received_on": received_on, "words": words, "noted_by": by.uuid, "noted_at": at}
    made, is_new = ObjectionNotice.objects.get_or_create(objection=held, defaults=facts)
    if not is_new:
        raise NoNotice(_("There is a notice already."))
    payload = {"objection": str(held.uuid), "on": received_on.isoformat()}
    write_down("objection.default_noted", held.decision.application, by=by, at=at, payload=payload)
    return made


@transaction.atomic
def reject_objection_default(notice: ObjectionNotice, *, why: str, by: Person, at: datetime.datetime) -> None:
    """It came too early, or unreasonably late: no penalty runs. Who asked is told why; another who objected, by whoever writes to them.

    Raises what `undecided` raises.
    """
    held = undecided(notice.objection, by)
    application = held.decision.application
    ObjectionNotice.objects.filter(pk=notice.pk).update(rejected_why=why)
    notice.refresh_from_db()
    write_down("objection.default_rejected", application, by=by, at=at, payload={"objection": str(held.uuid)})
    if not held.by_other:
        tell_applicant(application, lambda: rejected(why), link=page_of_applicant(application), by=by, at=at)


def rejected(why: str) -> tuple[str, list[str]]:
    return _("Your letter that we are late"), [_("We do not owe you money for being late. This is why:"), why]
