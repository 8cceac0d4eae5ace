"""The check "Kan ik geld krijgen?": from seven plain answers to yes, maybe or no, with the reason and where it stands. Nothing is kept."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.fund import rules as law
from buurtdraad.fund.models import SchemeRules, WrongDoor
from buurtdraad.fund.queries.rules import band_of, by_round, cap_of, is_small
from buurtdraad.fund.states import Accounting, Activity, CostKind, DocumentKind, Who
from buurtdraad.ui.euros import euros

# A note says something to know; it decides nothing.
YES, NOTE, MAYBE, NO = "yes", "note", "maybe", "no"
HEAVIEST = {YES: 0, NOTE: 0, MAYBE: 1, NO: 2}
FOR, NOT_ASKED, AGAINST = "for", "not_asked", "against"


@dataclass(frozen=True)
class Answers:
    """What somebody said. `years`: how many years just before this one the fund paid for it."""

    activity: str
    here: bool
    who: str
    cost: Decimal
    starts_on: datetime.date
    neighbours: str
    years: int = 0
    visitors: int | None = None


@dataclass(frozen=True)
class Reason:
    """One thing that counts: how (`YES`, `NOTE`, `MAYBE`, `NO`), in words, and the article or source that says so."""

    weight: str
    says: str
    article: str


@dataclass(frozen=True)
class Result:
    """What the check says. Amounts in euros; `know_by` when everything is there today; None where it goes by rounds."""

    verdict: str
    reasons: list[Reason]
    amount: Decimal
    know_by: datetime.date | None
    small: bool
    bring: list[str] = field(default_factory=list)
    afterwards: str = ""


def wrong_door(rules: SchemeRules, key: str) -> WrongDoor | None:
    """The other desk that somebody named, if it is one."""
    return rules.scheme.wrong_doors.filter(key=key).first()


def check(rules: SchemeRules, answers: Answers, *, today: datetime.date) -> Result:
    """What these rules say to these answers. It promises nothing: a person decides."""
    reasons = sorted(reasons_for(rules, answers, today), key=lambda reason: -HEAVIEST[reason.weight])
    verdict = max((reason.weight for reason in reasons if reason.weight != NOTE), key=HEAVIEST.__getitem__, default=YES)
    cap = cap_of(rules, answers.activity, answers.visitors)
    amount = law.highest_grant(need=answers.cost, most=rules.most, cap=cap, most_a_year=rules.most_a_year)
    know_by = None
    if not by_round(rules, amount):
        know_by = law.last_day(start_on=today, weeks=rules.weeks, happened=(), rolls=rules.rolls)
    return Result(
        verdict=verdict,
        reasons=reasons,
        amount=amount,
        know_by=know_by,
        small=is_small(rules, amount),
        bring=list(to_bring(rules, answers, amount)),
        afterwards=str(Accounting(band_of(rules, amount).accounting).label),
    )


def reasons_for(rules: SchemeRules, answers: Answers, today: datetime.date) -> Iterator[Reason]:
    """Everything that counts, for and against."""
    local = _("the rules of the fund")
    if answers.here:
        yield Reason(YES, _("Your plan is in this municipality."), local)
    else:
        yield Reason(NO, _("Your plan is not in this municipality. Ask the municipality where it is."), local)
    yield from time_counts(rules, answers, today, local)
    yield from money_counts(rules, answers, local)
    yield from neighbours_count(rules, answers, local)
    yield from years_count(rules, answers)
    if answers.who == Who.CHILDREN:
        yield Reason(YES, _("Children and young people can ask too. An adult signs with you, and we help."), local)


def time_counts(rules: SchemeRules, answers: Answers, today: datetime.date, local: str) -> Iterator[Reason]:
    """Whether there is time enough before it starts."""
    if answers.starts_on <= today:
        yield Reason(NO, _("You have to ask before it starts. Afterwards we cannot give money."), local)
        return
    decided = law.last_day(start_on=today, weeks=rules.weeks, happened=(), rolls=rules.rolls)
    if answers.starts_on < today + rules.weeks_ahead * law.WEEK:
        weeks = rules.weeks_ahead
        says = ngettext("Ask at least %(weeks)s week before it starts.", "Ask at least %(weeks)s weeks before it starts.", weeks)
        yield Reason(MAYBE, says % {"weeks": weeks}, local)
    elif answers.starts_on <= decided:
        yield Reason(MAYBE, _("It starts soon. We may decide after it started. Call us, then we look what can be done."), "Awb 4:13")
    else:
        yield Reason(YES, _("You are in time."), local)


def money_counts(rules: SchemeRules, answers: Answers, local: str) -> Iterator[Reason]:
    """Whether the amount fits, and what is not paid."""
    cap = cap_of(rules, answers.activity, answers.visitors)
    if answers.cost < rules.least:
        yield Reason(NO, _("The fund pays from %(amount)s on.") % {"amount": euros(rules.least)}, local)
    elif answers.cost > rules.most:
        says = _("The fund pays at most %(amount)s. For the rest you need other money.") % {"amount": euros(rules.most)}
        yield Reason(MAYBE, says, local)
    elif cap is not None and answers.cost > cap:
        says = _("For such a plan the fund pays at most %(amount)s.") % {"amount": euros(cap)}
        yield Reason(MAYBE, says, local)
    else:
        yield Reason(YES, _("The amount fits in what the fund can pay."), local)
    if by_round(rules, min(answers.cost, rules.most)):
        yield Reason(MAYBE, _("For this amount there are rounds: you ask before a fixed day, and plans are compared."), "Awb 4:26")
    for each in rules.rows("not_paid"):
        kind = CostKind(each.kind).label
        yield Reason(NOTE, _("Count without this: %(kind)s. %(reason)s") % {"kind": kind, "reason": each.reason}, each.source or local)


def neighbours_count(rules: SchemeRules, answers: Answers, local: str) -> Iterator[Reason]:
    """Whether the neighbours agree, where the scheme asks for that."""
    if answers.neighbours == AGAINST:
        yield Reason(MAYBE, _("Many neighbours are against. Talk with them first: we help with that."), local)
    elif rules.support_above is None or answers.cost < rules.support_above or answers.neighbours == FOR:
        yield Reason(YES, _("What the neighbours think stands in the way of nothing."), local)
    else:
        yield Reason(MAYBE, _("Ask your neighbours first what they think. More money asks for more neighbours who agree."), local)


def years_count(rules: SchemeRules, answers: Answers) -> Iterator[Reason]:
    """Whether the fund paid it often already."""
    match law.repeat(answers.years + 1, warn_at=rules.years_warn, most=rules.years_most):
        case law.Repeat.NEEDS_REASON:
            says = _("The fund paid this %(years)s years. After that it stops, unless there is a good reason. Talk with us.")
            yield Reason(MAYBE, says % {"years": rules.years_most}, "Awb 4:51")
        case law.Repeat.WARN:
            yield Reason(YES, _("This can be the last year in a row. Think about how it goes on without the fund."), "Awb 4:51")


def to_bring(rules: SchemeRules, answers: Answers, amount: Decimal) -> Iterator[str]:
    """What somebody needs to have at hand, most important first."""
    yield _("a short description of your plan: what, where, when")
    yield _("what it costs, and who pays what")
    if rules.own_share:
        yield _("what you do yourself: hours, money or things")
    if rules.supporters:
        yield ngettext("the name of %(number)s neighbour who agrees", "the names of %(number)s neighbours who agree", rules.supporters) % {
            "number": rules.supporters
        }
    elif rules.support_above is not None and amount >= rules.support_above:
        yield _("what the neighbours think: for, against, no opinion")
    asked_already = {DocumentKind.BUDGET, DocumentKind.SUPPORT}
    documents = [kind for kind in band_of(rules, amount).documents if kind not in asked_already]
    if answers.who == Who.ORGANISATION:
        documents += [kind for kind in (DocumentKind.REGISTER, DocumentKind.STATUTES) if kind not in documents]
    if answers.activity == Activity.LIVING_STREET and DocumentKind.MAP not in documents:
        documents.append(DocumentKind.MAP)
    yield from (str(DocumentKind(kind).label) for kind in documents)
    yield _("the number of your bank account")
