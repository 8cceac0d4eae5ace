"""Asking partners by mail once a month, and taking in what they say behind the link.

The link shows what everybody may see of the agreements, signs nobody in and may be used again until it is too old: who forwards it
gives nothing away. It never says yes or no to anything; what is said last counts.
"""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, end_links, make_link, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.lib.limits import limited
from buurtdraad.lib.monthly import LINK_WORKS
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.emails import address
from buurtdraad.messages.queries import contact_of
from buurtdraad.pages.confirming.queries import Item, Voice, item_of, items_of, voice_of
from buurtdraad.partners import actions as partners
from buurtdraad.partners.models import Confirmation, Representative
from buurtdraad.partners.states import Says

MONTH, REPRESENTATIVE = "month", "representative"
# Of a list in a mail; the page has them all.
MOST_LINES = 12


class SpeaksNoMore(Refused):
    """Who was asked does not speak for the organisation any more, or the organisation is over."""


class NothingToAsk(Refused):
    """This partner has nothing to confirm."""


class NoLink(Refused):
    """There is no link to stop."""


# --- asking ------------------------------------------------------------------------------------------------


def ask_everybody(*, at: datetime.datetime) -> int:
    """Ask every representative with an e-mail address, once a month, who has something to confirm. Returns how many were asked now."""
    today = timezone.localdate(at)
    month = today.replace(day=1)
    found = Representative.objects.on(today).exclude(email="").exclude(asked__month=month)
    voices = found.select_related("organisation__joined_to", "person").prefetch_related("areas").order_by("pk")
    return sum(ask(one, month=month, at=at) for one in voices)


@transaction.atomic
def ask(representative: Representative, *, month: datetime.date, at: datetime.datetime) -> bool:
    """Mail one of them the link of this month. False when there is nothing to confirm, or when they were asked before."""
    items = what_to_ask(representative, timezone.localdate(at))
    if not items or not partners.note_asked(representative, month=month, at=at):
        return False
    send_link(representative, items, month=month, at=at)
    return True


def ask_again(representative: Representative, *, by: Person, at: datetime.datetime) -> None:
    """Mail somebody a new link, because they lost the one of this month. Raises `NothingToAsk` and `TooOften`."""
    today = timezone.localdate(at)
    items = what_to_ask(representative, today)
    if not representative.email or not items:
        raise NothingToAsk(_("This partner has nothing to confirm, or we have no e-mail address."))
    limited("partner asked again", str(representative.uuid), most=3, within=datetime.timedelta(days=1))
    with transaction.atomic():
        partners.note_asked_again(representative, by=by, at=at)
        send_link(representative, items, month=today.replace(day=1), at=at)


@transaction.atomic
def stop_links(representative: Representative, *, by: Person, at: datetime.datetime) -> None:
    """No link that somebody got works any more: one came into the wrong hands. What was said by it stays. Raises `NoLink`."""
    if not end_links(Purpose.CONFIRM_PARTNER, subject_of(representative), at=at, facts={REPRESENTATIVE: str(representative.uuid)}):
        raise NoLink(_("%(name)s has no link that works now.") % {"name": representative})
    partners.note_link_stopped(representative, by=by, at=at)


def subject_of(representative: Representative) -> str:
    return f"partner:{representative.organisation.uuid}"


def what_to_ask(representative: Representative, on: datetime.date) -> list[Item]:
    """What somebody is asked about; nothing of who does not speak for an organisation on this day."""
    voice = voice_of(representative, mark="")
    return items_of(voice, on=on) if voice.speaks_on(on) else []


def send_link(representative: Representative, items: list[Item], *, month: datetime.date, at: datetime.datetime) -> None:
    facts = {MONTH: month.isoformat(), REPRESENTATIVE: str(representative.uuid)}
    fresh = make_link(Purpose.CONFIRM_PARTNER, subject_of(representative), valid_for=LINK_WORKS, at=at, facts=facts)
    contact = contact_of(representative.person) if representative.person else None
    language = contact.language if contact else "nl"
    with override(language):
        url = address(reverse("pages:confirm", args=[fresh.token]), language)
        emails.send(representative.email, letter_to(representative, items, month, url))


def letter_to(representative: Representative, items: list[Item], month: datetime.date, url: str) -> emails.Letter:
    now = representative.organisation.whole.name
    rest = len(items) - MOST_LINES
    return emails.Letter(
        subject=_("Is this still right? %(name)s, %(month)s") % {"name": now, "month": date_format(month, "F Y")},
        lines=[
            _("Once a month we ask you whether this is still right:"),
            *(f"- {item.title}" for item in items[:MOST_LINES]),
            *([_("And %(number)s more.") % {"number": rest}] if rest > 0 else []),
            _("Open the link. For each line you press: this is right, this has changed, or I am stuck. You need no account."),
            _("You also find there the meetings of your neighbourhoods, and who works where."),
        ],
        url=url,
        button=_("See whether it is right"),
        last_lines=[_("You may send this mail on to who knows about it. The link works for fourteen days.")],
    )


# --- hearing -------------------------------------------------------------------------------------------------


def voice_by(token: str, *, at: datetime.datetime) -> Voice:
    """Who is asked by a link, for its page. Changes nothing. Raises `BadLink` and `SpeaksNoMore`."""
    link = open_link(Purpose.CONFIRM_PARTNER, token, at=at)
    related = Representative.objects.select_related("organisation__joined_to", "person").prefetch_related("areas")
    asked = related.filter(uuid=link.facts.get(REPRESENTATIVE), organisation__uuid=link.subject.removeprefix("partner:")).first()
    if asked is None:
        raise BadLink(_("You are not asked for this any more. Call us if you want to know why."))
    return still_speaking(voice_of(asked, mark=f"link:{link.pk}", valid_until=link.valid_until), at)


def still_speaking(voice: Voice, at: datetime.datetime) -> Voice:
    """The voice, as long as it has one. Raises `SpeaksNoMore`."""
    today, name = timezone.localdate(at), {"name": voice.organisation.name}
    if voice.organisation.until_on and voice.organisation.until_on < today:
        over = name | {"day": date_format(voice.organisation.until_on, "j F Y")}
        raise SpeaksNoMore(_("For us %(name)s ended on %(day)s. What it agreed to stays on the site. Is that not right? Call us.") % over)
    if not voice.speaks_on(today):
        raise SpeaksNoMore(_("Who got this mail does not speak for %(name)s any more. Do you speak for it now? Call us.") % name)
    return voice


def say(
    voice: Voice, item: Item, says: Says, *, words: str = "", said_by: str = "", once: str = "", by: Person | None, at: datetime.datetime
) -> Confirmation:
    """What this voice says of one thing. `once` is of the button: pressed twice, it is one. Raises `NotSaid`."""
    return partners.say(
        item.organisation, thing=item.thing, title=item.title, area=item.area, says=says, words=words, said_by=said_by,
        mark=f"{voice.mark}:{once}" if once else "", through=voice.representative, by=by, at=at,
    )  # fmt: skip


__all__ = [
    "NoLink",
    "NothingToAsk",
    "SpeaksNoMore",
    "ask",
    "ask_again",
    "ask_everybody",
    "item_of",
    "say",
    "still_speaking",
    "stop_links",
    "voice_by",
]
