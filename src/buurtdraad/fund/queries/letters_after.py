"""What stands in letters after the decision: of the final amount, of money that is taken back, and of an objection (Awb 3:45 to 3:47)."""

import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.fund.models import Application, Decision
from buurtdraad.fund.queries.letters import Section, addressee, day, objecting, paragraphs, signature
from buurtdraad.fund.rules import objection_until
from buurtdraad.fund.states import ObjectionOutcome, SettlementGround
from buurtdraad.places.queries import city_name
from buurtdraad.ui.euros import euros

# The section with a last day, which is only known when the letter goes out.
TERM = "term"
OBJECT, APPEAL = "object", "appeal"
ARTICLES = {
    SettlementGround.NOT_DONE: "Awb 4:46 lid 2 a",
    SettlementGround.OBLIGATIONS: "Awb 4:46 lid 2 b",
    SettlementGround.FALSE_FACTS: "Awb 4:46 lid 2 c",
    SettlementGround.WRONG_GRANT: "Awb 4:46 lid 2 d",
}


def of_settlement(decision: Decision, *, amount: Decimal, ground: str, words: str, paid: Decimal) -> dict:
    """The final amount, why, and what is paid or has to come back. `paid`: euros that were paid or are on their way."""
    with override("nl"):
        sections = [
            section(_("Our decision"), _("The final amount is %(amount)s.") % {"amount": euros(amount)}),
            section(_("Why we decide so"), *reasons(decision, amount, ground, words)),
            section(_("What this means for you"), *meaning(amount - paid)),
        ]
        title = _("The final amount for your plan '%(title)s'") % {"title": decision.application.initiative.title}
        return letter(decision, title, sections, OBJECT)


def reasons(decision: Decision, amount: Decimal, ground: str, words: str) -> list[str]:
    granted = euros(decision.amount)
    if ground == SettlementGround.AS_GRANTED:
        lines = [_("That is what we promised you. You did what was agreed (Awb 4:46, first paragraph).")]
    else:
        facts = {"granted": granted, "ground": SettlementGround(ground).label, "article": ARTICLES[SettlementGround(ground)]}
        lines = [_("We promised you at most %(granted)s. The amount is lower. The reason: %(ground)s (%(article)s).") % facts]
    lines += paragraphs(words)
    if decision.application.views.filter(given_at__isnull=False, asked_at__gte=decision.taken_at).exists():
        lines.append(_("Before we decided you told us what you think of it (view). We took it along."))
    return lines


def meaning(more: Decimal) -> list[str]:
    """`more`: euros that they get still; below zero what has to come back."""
    if more > 0:
        return [_("You get %(amount)s more. We pay within six weeks.") % {"amount": euros(more)}]
    if more < 0:
        return paying_back(-more)
    return [_("You got this amount already. You do not have to do anything.")]


def paying_back(amount: Decimal) -> list[str]:
    return [
        _("You have to pay back %(amount)s (Awb 4:57). You have six weeks for it.") % {"amount": euros(amount)},
        _("Can you not pay this at once? Call us. Then we make an agreement about it."),
    ]


def of_revocation(decision: Decision, *, words: str, back: Decimal, after: bool) -> dict:
    """The money is taken back. `after`: the final amount was known already (Awb 4:49), else not yet (4:48)."""
    with override("nl"):
        article = "Awb 4:49" if after else "Awb 4:48"
        says = _("We take back our decision of %(day)s (%(article)s).") % {"day": day(decision.known_on), "article": article}  # type: ignore[arg-type]
        sections = [section(_("Our decision"), says), section(_("Why we decide so"), *paragraphs(words))]
        if back > 0:
            sections.append(section(_("What this means for you"), *paying_back(back)))
        title = _("We take back the money for your plan '%(title)s'") % {"title": decision.application.initiative.title}
        return letter(decision, title, sections, OBJECT)


def of_objection(decision: Decision, *, received_on: datetime.date, outcome: str, answer: str, heard: str, to: str) -> dict:
    """What we decided on an objection; `to`: name and address of who objected, when that is not who asked."""
    with override("nl"):
        sections = [
            section(_("Our decision"), _("You objected. We say: %(outcome)s.") % {"outcome": ObjectionOutcome(outcome).label.lower()}),
            section(_("What you told us"), *paragraphs(heard)),
            section(_("Why we decide so"), *paragraphs(answer)),
        ]
        title = _("Your objection about '%(title)s'") % {"title": decision.application.initiative.title}
        facts = letter(decision, title, sections, APPEAL)
        facts["paragraphs"].append(_("We got your objection on %(day)s.") % {"day": day(received_on)})
        return facts | ({"to": [line for line in to.splitlines() if line.strip()]} if to else {})


def letter(decision: Decision, title: str, sections: list[Section], term: str) -> dict:
    application = decision.application
    last: Section = {"title": _("Do you not agree?"), "paragraphs": terms(application, term, None), TERM: term}
    return {
        "language": "nl",
        "city": str(city_name()),
        "to": addressee(application),
        "date": _("Not sent yet"),
        "title": title,
        "paragraphs": [_("Number of your request: %(number)s") % {"number": application.number or ""}],
        "sections": [*(each for each in sections if each["paragraphs"]), last],
        "signature": signature(application),
        "demo": settings.DEMO,
    }


def section(title: str, *lines: str) -> Section:
    return {"title": title, "paragraphs": list(lines)}


def dated(application: Application, facts: dict, on: datetime.date) -> dict:
    """The same letter, going out on a day: with its date, and the last day to object or appeal."""
    with override("nl"):
        sections = [each | ({"paragraphs": terms(application, each[TERM], on)} if TERM in each else {}) for each in facts["sections"]]
        return facts | {"date": day(on), "sections": sections}


def terms(application: Application, term: str, on: datetime.date | None) -> list[str]:
    """How to object, or after an objection to appeal (Awb 8:1): until when, and where."""
    if term == OBJECT:
        return objecting(Decision(application=application), on)
    until = _("Until and with %(day)s.") % {"day": day(objection_until(on))} if on else _("Within six weeks.")
    return [
        _("You can appeal to the court (rechtbank), which looks at it anew.") + " " + until,
        _("The court asks money for it. On rechtspraak.nl you read how it works."),
    ]
