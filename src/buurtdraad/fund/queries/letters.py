"""What stands in the letter of a decision: in plain Dutch, with its reasons, the grounds in law, and how to object (Awb 3:45 to 3:47)."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.fund.models import Application, Decision
from buurtdraad.fund.queries.rules import band_of
from buurtdraad.fund.rules import objection_until, pay_by
from buurtdraad.fund.states import YES, Accounting, Ground, Outcome, Who
from buurtdraad.places.queries import city_name
from buurtdraad.ui.euros import euros

ALL_OF_IT = 100

type Section = dict[str, object]


def facts_of(decision: Decision, *, on: datetime.date | None = None) -> dict:
    """The facts of the letter. `on`: the day on which it goes out; without it the letter is shown beforehand, and says so."""
    application = decision.application
    with override("nl"):
        return {
            "language": "nl",
            "city": str(city_name()),
            "to": addressee(application),
            "date": day(on) if on else _("Not sent yet"),
            "title": _("Decision about your plan '%(title)s'") % {"title": application.initiative.title},
            "paragraphs": opening(decision),
            "sections": [section for section in sections_of(decision, on) if section["paragraphs"] or section.get("rows")],
            "signature": signature(application),
            "demo": settings.DEMO,
        }


def plain(application: Application, title: str, lines: list[str], *, may_answer: bool) -> dict:
    """The facts of a letter that decides nothing: a question, a hearing, more time. In the language of the moment."""
    answer = [_("You may answer by letter too, or call us.")] if may_answer else []
    return {
        "language": "nl",
        "city": city_name(),
        "to": addressee(application),
        "date": _("Not sent yet"),
        "title": title,
        "paragraphs": [
            _("Number of your request: %(number)s") % {"number": application.number or ""},
            _("Your plan: %(title)s") % {"title": application.initiative.title},
            *(part for line in lines for part in paragraphs(line)),
            *answer,
        ],
        "sections": [],
        "signature": with_phone(_("On behalf of the municipality")),
        "demo": settings.DEMO,
    }


def signature(application: Application) -> list[str]:
    return with_phone(_("On behalf of the municipality"), _("Decided by: %(who)s") % {"who": application.rules.decides})


def with_phone(*lines: str) -> list[str]:
    """These lines, and how to call us."""
    return [*lines, _("Phone: %(phone)s") % {"phone": settings.CITY_PHONE}] if settings.CITY_PHONE else [*lines]


def addressee(application: Application) -> list[str]:
    lines = [application.organisation_name, application.applicant_name, application.applicant_address]
    if application.who == Who.CHILDREN:
        lines.insert(2, application.adult_name)
    return [line for line in lines if line]


def opening(decision: Decision) -> list[str]:
    application = decision.application
    facts = {"number": application.number or "", "asked": euros(decision.asked), "fund": application.rules.scheme.name}
    lines = [
        _("Date of our decision: %(day)s") % {"day": day(timezone.localdate(decision.taken_at))},
        _("Number of your request: %(number)s") % facts,
        _("You asked %(asked)s of the fund '%(fund)s'.") % facts,
    ]
    if application.starts_on and application.ends_on:
        days = {"first": day(application.starts_on), "last": day(application.ends_on)}
        lines.append(_("Your plan is from %(first)s until and with %(last)s.") % days)
    if application.received_on:
        lines.append(_("We got your request on %(day)s.") % {"day": day(application.received_on)})
    if decision.replaces_id:
        lines.append(_("You objected to our first decision. This decision comes in its place."))
    return lines


def sections_of(decision: Decision, on: datetime.date | None) -> list[Section]:
    return [
        {"title": _("Our decision"), "paragraphs": [outcome_of(decision), grounds_in_law(decision)]},
        {"title": _("Why we decide so"), "paragraphs": reasons(decision), "rows": not_paid(decision.application)},
        {"title": _("What we ask of you"), "paragraphs": duties(decision)},
        {"title": _("When you get the money"), "paragraphs": paying(decision, on)},
        {"title": _("Do you not agree?"), "paragraphs": objecting(decision, on)},
    ]


def outcome_of(decision: Decision) -> str:
    """The decision in one sentence."""
    amount = {"amount": euros(decision.amount)}
    match decision.outcome:
        case Outcome.GRANTED:
            return _("You get the money that you asked: %(amount)s.") % amount
        case Outcome.PARTLY:
            return _("You get a part of the money: %(amount)s.") % amount
        case Outcome.REFUSED:
            return _("You do not get the money.")
    return _("We cannot look at your request, because something is missing (not processed, Awb 4:5).")


def grounds_in_law(decision: Decision) -> str:
    """On which rules it stands (Awb 3:47)."""
    rules = decision.application.rules
    facts = {"fund": rules.scheme.name, "day": day(rules.from_on)}
    return _("This decision stands on the rules of the fund '%(fund)s' of %(day)s, and on title 4.2 of the Awb.") % facts


def reasons(decision: Decision) -> list[str]:
    """The ground, the words of who decided, and that somebody was heard."""
    application = decision.application
    lines = [_("The reason: %(ground)s.") % {"ground": Ground(decision.ground).label}] if decision.ground else []
    lines += paragraphs(decision.words)
    if application.views.filter(given_at__isnull=False).exists():
        lines.append(_("Before we decided you told us what you think of it (view). We took it along."))
    return lines


def not_paid(application: Application) -> list[str]:
    """The lines of the costs that the fund does not pay, or not in full."""
    lines = application.costs.exclude(accepted=None).exclude(reason="")
    return [
        _("%(label)s: you asked %(asked)s, we count %(accepted)s. %(reason)s")
        % {"label": line.label, "asked": euros(line.amount), "accepted": euros(line.accepted), "reason": line.reason}
        for line in lines
    ]


def duties(decision: Decision) -> list[str]:
    if decision.outcome not in YES:
        return []
    lines = paragraphs(decision.obligations)
    band = band_of(decision.application.rules, decision.amount)
    weeks = {"weeks": band.report_weeks}
    match band.accounting:
        case Accounting.AT_ONCE:
            lines.append(_("You do not need to show us anything afterwards. This amount is the final amount (determination)."))
        case Accounting.LIGHT:
            lines.append(_("Within %(weeks)s weeks after the last day you answer three questions, with pictures and receipts.") % weeks)
        case _:
            lines.append(_("Within %(weeks)s weeks after the last day you send us a report with all costs.") % weeks)
    lines.append(_("Do you want to do something else than you wrote? Ask us first."))
    return lines


def paying(decision: Decision, on: datetime.date | None) -> list[str]:
    if decision.outcome not in YES:
        return []
    band = band_of(decision.application.rules, decision.amount)
    by = _("We pay on %(day)s or earlier, in the way that you chose.") % {"day": day(pay_by(on))} if on else _("We pay within six weeks.")
    if band.advance_percent == ALL_OF_IT:
        return [by]
    return [
        by,
        _("First you get %(percent)s percent (advance). The rest comes when the final amount is known.")
        % {"percent": band.advance_percent},
    ]


def objecting(decision: Decision, on: datetime.date | None) -> list[str]:
    """By whom, until when and where (Awb 3:45), and what stands in an objection (Awb 6:5)."""
    scheme = decision.application.rules.scheme
    until = _("You can object until and with %(day)s.") % {"day": day(objection_until(on))} if on else _("You can object within six weeks.")
    lines = [
        _("Call us first if you do not understand the letter. That does not change the last day to object."),
        until + " " + _("Who is affected by this decision can do that too."),
        _("Write your name, your address, the date, the number of your request, and why you do not agree. Sign it."),
    ]
    if scheme.objection_address:
        lines.append(_("Send it to: %(address)s") % {"address": scheme.objection_address})
    return lines


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r", "").split("\n\n") if part.strip()]


def day(date: datetime.date) -> str:
    return date_format(date, "j F Y")
