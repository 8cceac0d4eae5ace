"""What a partner says of its agreements and offers, and what we answer. Nothing that was said is changed: the last one counts."""

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.emails import address
from buurtdraad.partners.access import duty_of
from buurtdraad.partners.models import Asked, Confirmation, Organisation, Representative
from buurtdraad.partners.models.confirming import ANSWERED_WITHIN
from buurtdraad.partners.queries.confirming import said_by_due
from buurtdraad.partners.queries.joining import same_as
from buurtdraad.partners.states import Says
from buurtdraad.places.models import Area
from buurtdraad.places.queries import touched_by

ROOM = "partners"


class NotSaid(Refused):
    """This cannot be said so; the text says why."""


class AnsweredBefore(Refused):
    """Somebody answered this already."""


@transaction.atomic
def say(
    organisation: Organisation,
    *,
    thing: str,
    title: str,
    area: Area | None,
    says: Says,
    words: str = "",
    said_by: str = "",
    mark: str = "",
    through: Representative | None = None,
    by: Person | None,
    at: datetime.datetime,
) -> Confirmation:
    """An organisation says of a thing that it is right, has changed, or that it is stuck (the last two in words). Raises `NotSaid`.

    `mark` is of the button: pressed twice, it is one. Without `by` it came by a link, that of `through`.
    """
    if says != Says.RIGHT and not words.strip():
        raise NotSaid(_("Tell us in a few words what it is about."))
    answer_by = timezone.localdate(at) + ANSWERED_WITHIN if says == Says.STUCK else None
    try:
        with transaction.atomic():
            made = Confirmation.objects.create(
                organisation=organisation, thing=thing, title=title, area=area, says=says, words=words.strip(), said_by=said_by,
                mark=mark or None, through=through, at=at, answer_by=answer_by,
            )  # fmt: skip
    except IntegrityError:
        said = Confirmation.objects.filter(mark=mark).first() if mark else None
        if said is None:
            raise
        return said
    note("partner.said", made, by=by, at=at, says=str(says))
    return made


@transaction.atomic
def answer(confirmation: Confirmation, *, text: str, on_site: bool = False, by: Person, at: datetime.datetime) -> None:
    """Answer who is stuck, or say what we did with a change; who asked gets it by mail. `on_site`: everybody reads both.

    Raises `AnsweredBefore`; of two at once one succeeds.
    """
    facts = {"answer": text, "answered_at": at, "answered_by": by.uuid, "on_site": on_site}
    if not Confirmation.objects.filter(pk=confirmation.pk, answered_at__isnull=True).update(**facts):
        raise AnsweredBefore(_("Somebody answered this already."))
    confirmation.refresh_from_db()
    note("partner.answered", confirmation, by=by, at=at, on_site=on_site)
    with override("nl"):
        for email in addresses_of(confirmation, timezone.localdate(at)):
            emails.send(email, letter_to(confirmation))


def addresses_of(confirmation: Confirmation, on: datetime.date) -> list[str]:
    """Where the answer goes: to who asked; when they left, to who speaks for the organisation now."""
    voices = Representative.objects.on(on).filter(same_as(confirmation.organisation)).exclude(email="")
    asked = Representative.objects.on(on).filter(pk=confirmation.through_id).exclude(email="").first() if confirmation.through_id else None
    return [asked.email] if asked else sorted({one.email for one in voices})


def letter_to(confirmation: Confirmation) -> emails.Letter:
    kind, _colon, number = confirmation.thing.partition(":")
    url = address(reverse("agendas:agreement", args=[number])) if kind == "agreement" else ""
    return emails.Letter(
        subject=_("Our answer: %(title)s") % {"title": confirmation.title[:100]},
        lines=[
            _("You wrote to us about: %(title)s") % {"title": confirmation.title},
            f"“{confirmation.words}”",
            _("This is our answer:"),
            confirmation.answer,
        ],
        url=url,
        button=_("See the agreement"),
        last_lines=[_("Does this not help you? Then call us.")],
    )


@transaction.atomic
def note_asked(representative: Representative, *, month: datetime.date, at: datetime.datetime) -> bool:
    """That somebody was asked in a month (its first day). False when they were before: of two at once one is the first."""
    _asked, first = Asked.objects.get_or_create(representative=representative, month=month, defaults={"at": at})
    if first:
        thing, payload = f"organisation:{representative.organisation.uuid}", {"month": month.isoformat()}
        record("partner.asked", room=ROOM, thing=thing, by=None, channel="job", at=at, payload=payload)
    return first


def note_asked_again(representative: Representative, *, by: Person, at: datetime.datetime) -> None:
    """That somebody gets the link once more."""
    thing, payload = f"organisation:{representative.organisation.uuid}", {"representative": str(representative.uuid)}
    record("partner.asked_again", room=ROOM, thing=thing, by=by.uuid, duty=duty_of(by), at=at, payload=payload)


def note_link_stopped(representative: Representative, *, by: Person, at: datetime.datetime) -> None:
    """That the links of somebody do nothing any more."""
    thing, payload = f"organisation:{representative.organisation.uuid}", {"representative": str(representative.uuid)}
    record("partner.link_stopped", room=ROOM, thing=thing, by=by.uuid, duty=duty_of(by), at=at, payload=payload)


def forget_said_by(ids: Collection[int], *, on: datetime.date) -> int:
    """Empty who said these, as far as that is still past its time; what was said stays. Returns how many."""
    due = said_by_due(on).filter(pk__in=ids).values_list("pk", flat=True)
    return Confirmation.objects.filter(pk__in=list(due)).update(said_by="")


def note(verb: str, confirmation: Confirmation, *, by: Person | None, at: datetime.datetime, **payload: object) -> None:
    """One line in the record; the pages of the area are made anew."""
    who: UUID | None = by.uuid if by else None
    touches = touched_by([confirmation.area.code]) if confirmation.area else ()
    record(
        verb, room=ROOM, thing=confirmation.thing, by=who, duty=duty_of(by) if by else "", at=at, channel="" if by else "web",
        touches=touches, payload={"confirmation": str(confirmation.uuid)} | payload,
    )  # fmt: skip
