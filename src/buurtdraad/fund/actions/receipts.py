"""The receipt (ontvangstbevestiging, Awb 4:3a): at once, with the time, as facts from which the PDF is drawn again the same."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import Application, Letter
from buurtdraad.fund.queries.applications import helper_of
from buurtdraad.messages.actions import tell
from buurtdraad.messages.states import Kind
from buurtdraad.places.queries import city_name
from buurtdraad.ui.euros import euros


def give_receipt(application: Application, *, by: Person | None, at: datetime.datetime) -> Letter:
    """Keep the receipt and tell the applicant, in the way they chose. Part of sending; it writes no event of its own."""
    made = Letter.objects.create(application=application, about=Letter.About.RECEIPT, facts=facts_of(application, at), made_at=at)
    if application.contact:
        tell(
            application.contact, kind=Kind.DECISION, subject=gettext_lazy("We have your request"), body=body_of(application),
            link=f"/fonds/aanvragen/{application.uuid}/", area=application.initiative.area, thing=application.thing,
            by=None, at=at,
        )  # fmt: skip
    return made


def body_of(application: Application):
    first = format_lazy(
        gettext_lazy("We have your request {number}. You ask {euros}."), number=application.number, euros=euros(application.asked)
    )
    if application.decide_by is None:
        return first
    return format_lazy("{}\n\n{}", first, answer_by(application))


def answer_by(application: Application):
    """By when somebody hears, said so that it does not become wrong when the clock stands still."""
    day = date_format(application.decide_by, "j F Y") if application.decide_by else ""
    return format_lazy(gettext_lazy("You hear from us not later than {day}. Do we ask you something? Then it takes longer."), day=day)


def facts_of(application: Application, at: datetime.datetime) -> dict:
    """What the house template of a letter reads."""
    moment = timezone.localtime(at)
    lines = [
        _("We received your request on %(day)s at %(time)s.") % {"day": date_format(moment, "j F Y"), "time": date_format(moment, "H:i")},
        _("Number: %(number)s") % {"number": application.number},
        _("Plan: %(title)s") % {"title": application.initiative.title},
        _("You ask: %(euros)s") % {"euros": euros(application.asked)},
    ]
    if application.received_on and application.received_on != timezone.localdate(at):
        lines.append(_("The day that counts is %(day)s.") % {"day": date_format(application.received_on, "j F Y")})
    if application.decide_by:
        lines.append(str(answer_by(application)))
    lines.append(_("Keep this paper. You need the number when you call us."))
    return {
        "title": _("Receipt"),
        "city": str(city_name()),
        "date": date_format(moment, "j F Y"),
        "to": [line for line in (application.applicant_name, application.applicant_address) if line],
        "paragraphs": lines,
        "signature": who_helps(application),
        "demo": settings.DEMO,
    }


def who_helps(application: Application) -> list[str]:
    """Whom to ask: the helper of the plan, and the number of the municipality."""
    helper = helper_of(application)
    lines = [_("%(helper)s of the municipality helps you with this plan.") % {"helper": helper}] if helper else []
    return [*lines, _("Phone: %(phone)s") % {"phone": settings.CITY_PHONE}] if settings.CITY_PHONE else lines
