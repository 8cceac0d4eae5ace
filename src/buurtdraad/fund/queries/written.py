"""An application as who asks reads it back: in parts, each with the screen on which it can be changed."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.fund.models import Application
from buurtdraad.fund.queries import steps
from buurtdraad.fund.states import IncomeKind, SentBy
from buurtdraad.initiatives.queries.support import seen_of, support_of
from buurtdraad.ui.euros import euros
from buurtdraad.ui.numbers import as_text


@dataclass(frozen=True)
class Part:
    """What one screen holds, as pairs of a name and what was typed; empty ones are left out."""

    step: str
    title: str | Promise
    lines: list[tuple[str, str]] = field(default_factory=list)


def on_paper(application: Application, *, whole_account: bool) -> list[Part]:
    """All of it, part by part. The account number only where it was typed; else its last four."""
    of = {
        steps.WHEN: when(application), steps.COSTS: costs(application), steps.PAYS: pays(application),
        steps.NEIGHBOURS: [*neighbours(application), *papers(application)],
        steps.ACCOUNT: who(application, whole_account),
    }  # fmt: skip
    parts = [Part(step, steps.TITLES[step], [line for line in of[step] if line[1]]) for step in steps.steps_of(application) if step in of]
    plan = application.initiative
    first = [(_("Plan"), plan.title), (_("What you do"), plan.summary), (_("Place"), plan.place)]
    kind = [(_("What kind of plan is it?"), str(application.get_activity_display())), (_("For whom"), str(application.get_who_display()))]
    return [Part("", steps.TITLES[steps.PLAN], [line for line in [*first, *kind] if line[1]]), *parts]


def when(application: Application) -> list[tuple[str, str]]:
    first, last = application.starts_on, application.ends_on
    return [
        (_("First day"), date_format(first, "j F Y") if first else ""),
        (_("Last day"), date_format(last, "j F Y") if last and last != first else ""),
        (_("People"), as_text(application.visitors) if application.visitors else ""),
        (_("So that everybody can take part"), application.everybody_can_come),
    ]


def costs(application: Application) -> list[tuple[str, str]]:
    lines = list(application.costs.all())
    total = [(_("Together"), euros(sum(line.amount for line in lines)))] if lines else []
    return [*((line.label, euros(line.amount)) for line in lines), *total]


def pays(application: Application) -> list[tuple[str, str]]:
    found = []
    for line in application.incomes.all():
        if line.kind == IncomeKind.HOURS:
            worth = ngettext("%(number)s hour", "%(number)s hours", line.hours or 0) % {"number": as_text(line.hours or 0)}
        else:
            worth = euros(line.amount) if line.certain else _("%(euros)s, not sure yet") % {"euros": euros(line.amount)}
        found.append((line.label, worth))
    return found


def neighbours(application: Application) -> list[tuple[str, str]]:
    """What stands with the plan; as totals only, and only where they give nobody away."""
    voices = seen_of(support_of(application.initiative)).voices
    if voices is None:
        return []
    counts = {"yes": voices.says_for, "no": voices.against, "neutral": voices.neutral}
    return [(_("What the neighbours think"), _("%(yes)s in favour, %(no)s against, %(neutral)s without an opinion.") % counts)]


def papers(application: Application) -> list[tuple[str, str]]:
    return [(paper.get_document_kind_display(), paper.name) for paper in application.documents.all()]


def who(application: Application, whole_account: bool) -> list[tuple[str, str]]:
    return [
        (_("Name"), application.applicant_name),
        (_("Address"), application.applicant_address),
        (_("Phone"), application.phone),
        (_("Association or foundation"), application.organisation_name),
        (_("Number in the register"), application.register_number),
        (_("Money of a government"), application.de_minimis),
        (_("Adult who helps"), application.adult_name),
        (_("Phone of this adult"), application.adult_phone),
        (_("The money goes to"), account(application, whole_account)),
        (_("Our letter comes"), str(SentBy(application.send_by).label)),
    ]


def account(application: Application, whole: bool) -> str:
    """The account as it is shown: whole only where it was typed. Whether it is a card is shown there only, too."""
    payee = getattr(application, "payee", None)
    if payee is None or not (payee.iban or payee.card):
        return ""
    if not whole:
        return _("an account number ends with %(end)s") % {"end": payee.iban[-4:]} if payee.iban else _("was filled in")
    return _("a card") if payee.card else _("%(iban)s of %(holder)s") % {"iban": in_fours(payee.iban), "holder": payee.holder}


def in_fours(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
