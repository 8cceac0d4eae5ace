"""How much time is left to decide on an application, said in words: a colour alone tells nobody anything."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.fund.models import Application
from buurtdraad.fund.states import IN_HAND

# From so many days on it is amber.
SOON = 7


@dataclass(frozen=True)
class Left:
    """`words` and a `tone` of the badges; `until` the last day, in a sentence; `still` since when the time stands still, in a sentence."""

    words: str
    tone: str
    until: str = ""
    still: str = ""


def left_of(application: Application, *, still_since: datetime.date | None, today: datetime.date) -> Left | None:
    """What a list or page shows of an application; None when nothing is to be decided. `still_since`: the day of the open question."""
    if application.stage not in IN_HAND:
        return None
    if application.decide_by is None:
        return Left(_("time does not run yet"), "neutral", still=standing(still_since) if still_since else "")
    if still_since:
        after = (application.decide_by - still_since).days
        return Left(_("time stands still"), "neutral", still=f"{standing(still_since)} {then(after)}")
    days = (application.decide_by - today).days
    says = _("Small plan, promised before or on %(day)s.") if application.small else _("Last day to decide: %(day)s.")
    until = says % {"day": date_format(application.decide_by, "j F Y")}
    return Left(in_words(days), tone_of(days), until)


def standing(since: datetime.date) -> str:
    return _("Time stands still since %(day)s.") % {"day": date_format(since, "j F")}


def then(days: int) -> str:
    """How many days are left once the answer came."""
    days = max(days, 0)
    return ngettext("After the answer there is %(days)s day left.", "After the answer there are %(days)s days left.", days) % {"days": days}


def left_now(application: Application, today: datetime.date) -> Left | None:
    """The same for one application on its own page. One query, none with its `questions` prefetched."""
    waits = next((one for one in application.questions.all() if one.answered_at is None and one.lapsed_at is None), None)
    return left_of(application, still_since=timezone.localdate(waits.asked_at) if waits else None, today=today)


def in_words(days: int) -> str:
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return _("today is the last day")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def tone_of(days: int) -> str:
    return "bad" if days <= 0 else "watch" if days <= SOON else "info"


def day_in_words(day: datetime.date | datetime.datetime) -> str:
    """A day, or that of a moment in the time of the city."""
    return date_format(timezone.localtime(day) if isinstance(day, datetime.datetime) else day, "j F Y")
