"""Applications of one initiative or applicant, what they ask, and what still misses before one can be sent."""

import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from buurtdraad.accounts.queries.people import names_of
from buurtdraad.fund.models import Application, Band, Decision
from buurtdraad.fund.queries import rules as rulebook
from buurtdraad.fund.states import Channel, DocumentKind, IncomeKind, Stage, Who
from buurtdraad.initiatives.models import Initiative
from buurtdraad.messages.models import Contact
from buurtdraad.ui.euros import euros

# Euros that take a part of the costs away. Hours and goods are worth something, and pay no bill.
MONEY = (IncomeKind.OWN_MONEY, IncomeKind.PARTNER, IncomeKind.OTHER_FUND, IncomeKind.ENTRANCE)
OWN = (IncomeKind.HOURS, IncomeKind.OWN_MONEY, IncomeKind.GOODS)
NOTHING = Decimal(0)


def of_initiative(initiative: Initiative) -> QuerySet[Application]:
    """The applications of an initiative, the newest first."""
    return Application.objects.filter(initiative=initiative).select_related("rules__scheme")


def history_of(of: Contact | Initiative, *, but: Application | None = None) -> QuerySet[Application]:
    """What was sent before by this applicant, or for this initiative, the newest first; drafts are not in it."""
    whose = Q(contact=of) if isinstance(of, Contact) else Q(initiative=of)
    found = Application.objects.filter(whose).exclude(submitted_at=None).select_related("initiative__area", "rules__scheme")
    return found.exclude(pk=but.pk) if but else found


def is_made(mark: str) -> bool:
    """Whether a form with this mark made a request already."""
    return bool(mark) and Application.objects.filter(mark=mark).exists()


def costs_of(application: Application) -> Decimal:
    """Euros that it costs, of each line what was accepted where somebody looked at it."""
    return sum((line.amount if line.accepted is None else line.accepted for line in application.costs.all()), NOTHING)


def certain_money(application: Application) -> Decimal:
    """Euros that come from elsewhere for certain: one's own, of a partner, another fund or the door."""
    return sum((line.amount for line in application.incomes.all() if line.certain and line.kind in MONEY), NOTHING)


def asked_of(application: Application) -> Decimal:
    """Euros that are asked of the fund: the costs, without the money that comes from elsewhere for certain; never below zero."""
    return max(costs_of(application) - certain_money(application), NOTHING)


def documents_wanted(application: Application, *, band: Band | None = None) -> list[DocumentKind]:
    """The documents that the rules ask at this amount and that are not there; what the neighbours think can be counted on the site."""
    band = band or rulebook.band_of(application.rules, max(asked_of(application), Decimal("0.01")))
    there = set(application.documents.values_list("document_kind", flat=True))
    # The table of costs is what somebody typed here; it is not asked again as a document.
    return [DocumentKind(kind) for kind in band.documents if kind not in there | {DocumentKind.BUDGET, DocumentKind.SUPPORT}]


def asks_neighbours(application: Application) -> bool:
    """Whether the rules want to know what the neighbours think, at this amount."""
    above = application.rules.support_above
    return above is not None and asked_of(application) > above


def what_misses(application: Application, *, on: datetime.date | None = None) -> list[str]:
    """What has to be there before it can be sent (Awb 4:2 and the rules), each in one sentence. Empty: it can be sent.

    `on` is the day on which it comes in; without it the days are not looked at.
    """
    return [*misses_of_who(application), *misses_of_what(application, on), *misses_of_money(application)]


def misses_of_who(application: Application) -> list[str]:
    found = []
    if not application.applicant_name or not application.applicant_address:
        found.append(_("Write your name and address."))
    if application.who == Who.CHILDREN and not (application.adult_name and application.adult_phone):
        found.append(_("Write the name and phone number of an adult who helps you."))
    if application.who == Who.ORGANISATION and not application.organisation_name:
        found.append(_("Write the name of the association or foundation."))
    payee = getattr(application, "payee", None)
    if payee is None or not (payee.card or payee.iban):
        found.append(_("Write the account number for the money."))
    if application.channel != Channel.WEB and application.read_back_at is None:
        found.append(to_read_back())
    return found


def to_read_back() -> str:
    """What misses while nobody read it back; the tick of the last screen does it."""
    return _("Read it back to who asks for the money, and tick that they agree.")


def misses_of_what(application: Application, on: datetime.date | None) -> list[str]:
    if application.starts_on is None:
        return [_("Write on which day it is.")]
    if on is not None and application.starts_on <= on:
        return [_("The first day has to be later than the day on which you ask. The fund pays nothing that began before.")]
    return []


def misses_of_money(application: Application) -> list[str]:
    asked, rules = asked_of(application), application.rules
    if not application.costs.exists():
        return [_("Write what it costs.")]
    if asked <= 0:
        return [_("The costs are paid already. Then you need no money of the fund.")]
    found = []
    if asked > rules.most:
        found.append(more_than(rules.most))
    if asked < rules.least:
        found.append(_("The fund gives at least %(least)s at a time.") % {"least": euros(rules.least)})
    if rules.own_share and not application.incomes.filter(kind__in=OWN).exists():
        found.append(_("Write what you do yourself: hours, things or money."))
    return found


def most_for(application: Application) -> Decimal:
    """Euros that the fund pays at most for a plan of this kind."""
    cap = rulebook.cap_of(application.rules, application.activity, application.visitors)
    return application.rules.most if cap is None else min(cap, application.rules.most)


def too_much(application: Application) -> str:
    """That more is asked than the fund pays at most, for a plan of this kind, in a sentence; empty when not."""
    most = most_for(application)
    return more_than(most) if asked_of(application) > most else ""


def more_than(most: Decimal) -> str:
    return _("You ask more than %(most)s. Write who pays the rest, or make the plan smaller.") % {"most": euros(most)}


def draft_of(initiative: Initiative) -> Application | None:
    """The application of this initiative that somebody is still writing."""
    return of_initiative(initiative).filter(stage=Stage.DRAFT).first()


def helper_of(application: Application) -> str:
    """The name of the one person of the municipality who helps with it; empty where there is none."""
    return names_of([application.helper]).get(application.helper, "") if application.helper else ""


def known_decision(application: Application) -> Decision | None:
    """The decision that holds, once it was made known (Awb 3:41)."""
    return Decision.objects.filter(application=application).exclude(known_on=None).order_by("-known_on", "-pk").first()
