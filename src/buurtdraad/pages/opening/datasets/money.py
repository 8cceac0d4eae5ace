"""Schemes, decisions and budgets."""

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.fund.models import Decision, SchemeRules
from buurtdraad.fund.queries.register import granted_decisions
from buurtdraad.fund.states import Activity, Stage, Who
from buurtdraad.initiatives.states import Showing
from buurtdraad.money.models import Pot
from buurtdraad.money.queries import pots
from buurtdraad.money.states import Source
from buurtdraad.pages.opening.columns import EUROS, NOT_KNOWN, STILL_OPEN, area_of, page_of, text
from buurtdraad.pages.opening.table import Column, Dataset
from buurtdraad.places.queries import names_of

NO_LIMIT = _("there is no such rule")
INITIATIVE = "application__initiative"


def schemes() -> QuerySet[SchemeRules]:
    return SchemeRules.objects.order_by("scheme__slug", "from_on")


def decisions() -> QuerySet[Decision]:
    """The register of grants as its page has it, with what was determined in the end."""
    final = Coalesce("settled", Case(When(at_once=True, then="amount")))
    return granted_decisions().annotate(final=final).order_by("known_on", "pk")


def all_pots() -> QuerySet[Pot]:
    return Pot.objects.order_by("-year", "name", "pk")


def pots_as_told() -> list[Pot]:
    """As everybody may know them, each with the name of its area and, of a partner, whose it is."""
    found = pots.told()
    names = names_of({pot.area.code for pot in found})
    for pot in found:
        pot.place = names.get(pot.area.code, pot.area.code)  # type: ignore[attr-defined]
        pot.partner = pot.organisation.name if pot.organisation else ""  # type: ignore[attr-defined]
    return found


SCHEMES = Dataset(
    "regelingen",
    _("Schemes"),
    _("The rules for money for plans, of this municipality and of others to compare, from day to day."),
    "GOVE",
    (
        Column("scheme", _("Its name in the address of its page."), "scheme__slug"),
        page_of("fund:rules_scheme", "scheme__slug"),
        Column("name", _("What it is called."), "scheme__name"),
        Column("municipality", _("Of which municipality it is."), "scheme__municipality"),
        Column("ours", _("Whether people can ask money of it here (1 or true)."), "scheme__ours"),
        Column("from_on", _("The first day.")),
        Column("until_on", _("The last day."), empty=STILL_OPEN),
        Column("most", _("The most that one plan can get."), unit=EUROS),
        Column("least", _("The least that one can ask."), unit=EUROS),
        Column("most_a_year", _("The most that one plan can get in a year."), unit=EUROS, empty=NO_LIMIT),
        Column("weeks", _("In how many weeks we decide."), unit=_("weeks")),
        Column("extension_weeks", _("How many weeks can be added, once."), unit=_("weeks")),
        Column("rounds_above", _("Above this amount plans are looked at together, in a round."), unit=EUROS, empty=NO_LIMIT),
        Column("from_age", _("From which age somebody can ask."), unit=_("years")),
        text("decides", _("Who decides.")),
        Column("source", _("Where these rules stand.")),
        Column("source_url", _("The address of the source."), empty=NOT_KNOWN),
    ),
    schemes,
    ("made_at",),
)
DECISIONS = Dataset(
    "besluiten",
    _("Decisions"),
    _("Every grant that was made known and still counts. Of people no name: only of organisations."),
    "GOVE",
    (
        Column("known_on", _("The day on which it was made known.")),
        Column("year", _("The year of the money."), "commitment__pot__year", empty=NOT_KNOWN),
        Column("scheme", _("By which scheme it was decided."), "application__rules__scheme__slug"),
        *area_of(f"{INITIATIVE}__area"),
        Column("theme", _("Which theme it belongs to."), f"{INITIATIVE}__theme", values=Theme),
        Column("activity", _("What kind of activity it is."), "application__activity", values=Activity),
        Column(
            "organisation",
            _("The organisation that got it."),
            Case(When(application__who=Who.ORGANISATION, then=F("application__organisation_name")), default=Value("")),
            empty=_("a resident got it"),
        ),
        Column(
            "initiative",
            _("The plan, as the dataset of plans names it."),
            Case(When(application__initiative__showing=Showing.SHOWN, then=F(f"{INITIATIVE}__slug"))),
            empty=_("the plan does not stand on this website"),
        ),
        Column("asked", _("How much was asked."), unit=EUROS),
        Column("granted", _("How much was granted."), "amount", unit=EUROS),
        Column("determined", _("The final amount."), "final", unit=EUROS, empty=_("not known yet")),
        Column("source", _("Whose money it is."), "commitment__pot__source", values=Source, empty=NOT_KNOWN),
        Column(
            "taken_back",
            _("Whether it was taken back (1 or true)."),
            Case(When(application__stage=Stage.REVOKED, then=Value(True)), default=Value(False)),
        ),
    ),
    decisions,
    ("known_on",),
)
BUDGETS = Dataset(
    "budgetten",
    _("Budgets"),
    _("How much money there is for a year and an area, whose it is, and what is promised and paid."),
    "ECON",
    (
        Column("id", _("The number by which we know it."), "uuid"),
        Column("name", _("What it is called.")),
        Column("year", _("The year of the money.")),
        Column("area", _("Code of the area: of CBS, or our own name for a working area."), "area.code"),
        Column("area_name", _("The last name of the area."), "place"),
        Column("source", _("Whose money it is."), values=Source),
        Column("organisation", _("The partner whose money it is."), "partner", empty=_("it is not of a partner")),
        Column("theme", _("For which theme it is meant."), values=Theme, empty=_("for every theme")),
        Column("amount", _("How much there is."), unit=EUROS),
        Column("promised", _("How much is promised, as far as that was made known."), "committed", unit=EUROS),
        Column("paid", _("How much was paid."), unit=EUROS),
    ),
    all_pots,
    ("made_at",),
    lines=pots_as_told,
)
MONEY = (SCHEMES, DECISIONS, BUDGETS)
