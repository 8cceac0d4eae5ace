"""Which rules hold: of our scheme, on a day, for an amount, for a kind of activity."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from buurtdraad.accounts.duties import Duty
from buurtdraad.fund.models import Band, Mandate, NotPaid, Scheme, SchemeRules
from buurtdraad.fund.states import CostKind

# So long before the rules of our fund end we ask for new ones.
ASK_AHEAD = datetime.timedelta(weeks=13)


def our_scheme() -> Scheme | None:
    """The fund of which people can ask money here; None while none is loaded."""
    return Scheme.objects.filter(ours=True).order_by("pk").first()


def our_rules(day: datetime.date) -> SchemeRules | None:
    """The rules of our fund that hold on this day; None while none is loaded, or where none holds. One query."""
    return SchemeRules.objects.filter(scheme__ours=True).on(day).select_related("scheme").order_by("scheme_id", "-from_on").first()


def rules_on(scheme: Scheme | None, day: datetime.date) -> SchemeRules | None:
    """The rules of a scheme that hold on this day; None where none holds."""
    return SchemeRules.objects.filter(scheme=scheme).on(day).select_related("scheme").order_by("-from_on").first() if scheme else None


def band_of(rules: SchemeRules, amount: Decimal) -> Band:
    """What goes with this amount: the lowest band that reaches it, or the highest there is. The loader sees to it that there is one."""
    bands = sorted(rules.rows("bands"), key=lambda band: band.up_to)
    return next((band for band in bands if amount <= band.up_to), bands[-1])


def cap_of(rules: SchemeRules, activity: str, visitors: int | None = None) -> Decimal | None:
    """The most that is paid for such an activity, in euros; None: no cap, or one for each visitor while nobody said how many come."""
    cap = next((each for each in rules.rows("caps") if each.activity == activity), None)
    if cap is None:
        return None
    if cap.a_person:
        return cap.most * visitors if visitors else None
    return cap.most


def not_paid(rules: SchemeRules) -> dict[CostKind, NotPaid]:
    """The kinds of costs that are not paid, with the reason."""
    return {CostKind(each.kind): each for each in rules.rows("not_paid")}


def mandates(rules: SchemeRules) -> list[Mandate]:
    """Who may decide up to which amount, the lowest first."""
    return sorted(rules.rows("mandates"), key=lambda mandate: mandate.up_to)


def mandate_for(rules: SchemeRules, duties: Iterable[Duty | str], amount: Decimal, *, small: bool) -> Mandate | None:
    """The least mandate with which somebody with these duties decides on this amount; None: they may not."""
    mine = set(duties)
    return next((each for each in mandates(rules) if each.duty in mine and amount <= each.up_to and (small or not each.small_only)), None)


def is_small(rules: SchemeRules, amount: Decimal) -> bool:
    """Whether it goes the short way of the klein plan: where the scheme has that, and up to its amount."""
    return bool(rules.small_on and rules.small_up_to is not None and amount <= rules.small_up_to)


def by_round(rules: SchemeRules, amount: Decimal) -> bool:
    """Whether this amount is only given in rounds."""
    return rules.all_in_rounds or (rules.rounds_above is not None and amount > rules.rounds_above)


def ends_soon(today: datetime.date) -> datetime.date | None:
    """The last day of the rules of our fund, where it comes soon (or was) and no rules come after it. One query."""
    newest = SchemeRules.objects.filter(scheme__ours=True).order_by("-from_on").values_list("until_on", flat=True).first()
    return newest if newest and newest <= today + ASK_AHEAD else None
