"""Telling who takes part, the host and the manager; and one line in the record. The caller is in a transaction.

Who takes part is told in their own way. A host and a manager need no account: they get a mail with a link.
"""

import datetime
from collections.abc import Callable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import make_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.audit.actions import record
from buurtdraad.messages.actions import contact_for, tell
from buurtdraad.messages.emails import address
from buurtdraad.messages.states import Kind as About
from buurtdraad.placements.access import duty_of
from buurtdraad.placements.models import Host, Placement, Shift
from buurtdraad.placements.queries.hosts import addresses_of
from buurtdraad.placements.queries.shifts import first_name
from buurtdraad.placements.rules import DAY, HOST_LINK_DAYS

EMAIL = "email"
HOUR = datetime.timedelta(hours=1)
# Gives subject and paragraphs, in the language of the moment.
type Words = Callable[[], tuple[str, list[str]]]


def when(shift: Shift) -> str:
    """Day and times in the language of the moment: "donderdag 3 december 2026, 17:00 - 20:00"."""
    start, end = localtime(shift.starts_at), localtime(shift.ends_at)
    return f"{date_format(start, 'l j F Y, H:i')} - {date_format(end, 'H:i')}"


def facts_of(shift: Shift) -> str:
    """When and where, as one paragraph."""
    where = f"{shift.host.name}, {shift.host.address}"
    return _("When: %(when)s. Where: %(where)s.") % {"when": when(shift), "where": where}


def note(
    verb: str,
    thing: Host | Shift | Placement,
    *,
    by: Person | None,
    at: datetime.datetime,
    channel: str = "link",
    payload: dict | None = None,
) -> None:
    """One line in the record; without a person it was done by a link, or by the clock."""
    record(
        verb, room="placements", thing=thing.thing, by=by.uuid if by else None, duty=duty_of(by) if by else "", at=at,
        channel="" if by else channel, payload=payload,
    )  # fmt: skip


def tell_person(placement: Placement, words: Words, *, by: Person | None, at: datetime.datetime) -> None:
    """Tell who takes part, in their own language; nothing when it is their own deed, or when they were forgotten."""
    if placement.person is None:
        return
    contact = contact_for(placement.person, at=at)
    with override(contact.language):
        subject, paragraphs = words()
    with override("nl"):
        link = reverse("placements:placement", args=[placement.uuid])
    tell(
        contact, kind=About.WORK, subject=subject, body="\n\n".join(part for part in paragraphs if part), link=link,
        area=placement.shift.host.area, thing=placement.thing, by=by.uuid if by else None, at=at,
    )  # fmt: skip


def mail_host(host: Host, words: Words, *, at: datetime.datetime, page: str = "placements:host", button: str = "") -> int:
    """Mail a host, with a fresh link to all that it can do here, opened at a page of it; to how many addresses.

    It may be sent on: it signs nobody in.
    """
    found = addresses_of(host, on=localtime(at).date())
    for email in found:
        fresh = make_link(Purpose.HOST_SHIFTS, host.thing, valid_for=HOST_LINK_DAYS * DAY, at=at, facts={EMAIL: email})
        with override("nl"):
            subject, lines = words()
            letter = emails.Letter(
                subject=subject,
                lines=lines,
                url=address(reverse(page, args=[fresh.token])),
                button=button or _("Open my page"),
                last_lines=[
                    _("The link works for 30 days, and only for %(host)s.") % {"host": host.name},
                    _("You may send this mail on to somebody of your team."),
                ],
            )
            emails.send(email, letter)
    return len(found)


def mail_manager(placement: Placement, *, at: datetime.datetime) -> None:
    """Mail a manager a link to say yes or no, once, until the shift begins."""
    shift = placement.shift
    fresh = make_link(Purpose.AGREE_PLACEMENT, placement.thing, valid_for=max(shift.starts_at - at, HOUR), at=at)
    name = placement.person.name if placement.person else ""
    with override("nl"):
        letter = emails.Letter(
            subject=_("Do you agree? A placement of %(name)s") % {"name": first_name(placement.person)},
            lines=[
                _("%(name)s (%(department)s) wants to help for a few hours in the neighbourhood.")
                % {"name": name, "department": placement.department},
                facts_of(shift),
                shift.tasks,
                _("Open the link, and then press the button. You need no account."),
            ],
            url=address(reverse("placements:agree", args=[fresh.token])),
            button=_("Say yes or no"),
            last_lines=[_("The link works until the shift begins, and only for this question.")],
        )
        emails.send(placement.manager_email, letter)


def tell_manager_off(placement: Placement) -> None:
    """Mail a manager who was asked that somebody does not come after all."""
    if not placement.manager_email:
        return
    with override("nl"):
        name = {"name": first_name(placement.person) or _("Somebody")}
        lines = [_("%(name)s took this placement back.") % name, facts_of(placement.shift), _("You need to do nothing.")]
        letter = emails.Letter(subject=_("%(name)s does not come: a placement is cancelled") % name, lines=lines)
        emails.send(placement.manager_email, letter)
