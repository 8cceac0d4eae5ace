"""All that comes after a decision, for the page of who asked, for the file, and for the list of who works on it."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from buurtdraad.accounts.models import Person
from buurtdraad.fund.access import where_to_see_to
from buurtdraad.fund.models import (
    Account,
    Application,
    ChangeAsked,
    Decision,
    Letter,
    Objection,
    Payee,
    Recovery,
    Settlement,
)
from buurtdraad.fund.queries.accounting import account_of
from buurtdraad.fund.queries.paying import Sums, last_decision, sums_of
from buurtdraad.fund.queries.settling import last_settlement
from buurtdraad.fund.queries.worklist import in_reach
from buurtdraad.fund.rules import objection_until
from buurtdraad.fund.states import CHANGEABLE, PAYABLE, YES, ObjectionOutcome, Stage
from buurtdraad.places.queries import last_name


@dataclass(frozen=True)
class After:
    """Of one application: its decision that is known, and all that followed. `object_until`: the last day to object, of what came last."""

    decision: Decision | None
    account: Account | None
    settlement: Settlement | None
    recoveries: list[Recovery]
    changes: list[ChangeAsked]
    objections: list[Objection]
    letters: list[Letter]
    sums: Sums
    object_until: datetime.date | None
    needs_account: bool
    may_change: bool

    @property
    def objection(self) -> Objection | None:
        """The objection that is open."""
        return next((each for each in self.objections if each.outcome == ObjectionOutcome.UNDECIDED), None)


def after_of(application: Application) -> After:
    """What came after the decision; the same number of queries however much that is."""
    decision, settlement = last_decision(application), last_settlement(application)
    days = [each.known_on for each in (decision, settlement) if each and each.known_on]
    objections = Objection.objects.filter(decision__application=application).select_related("settlement", "letter").order_by("-noted_at")
    payee: Payee | None = getattr(application, "payee", None)
    yes = decision is not None and decision.outcome in YES
    granted = yes and application.stage in PAYABLE
    return After(
        decision=decision,
        account=account_of(application),
        settlement=settlement,
        recoveries=list(application.recoveries.all()),
        changes=list(application.changes.all()),
        objections=list(objections),
        letters=list(application.letters.filter(about__in=(*Letter.BEFORE, *Letter.AFTER))),
        sums=sums_of(application) if decision else Sums(Decimal(0), Decimal(0), Decimal(0)),
        object_until=objection_until(max(days)) if days else None,
        needs_account=granted and (payee is None or not (payee.card or payee.iban)),
        may_change=yes and application.stage in CHANGEABLE,
    )


# --- what waits for who works on it --------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """Each the most urgent first, with `place` for the name of its area."""

    accounts: list[Account]
    changes: list[ChangeAsked]
    objections: list[Objection]
    letters: list[Letter]
    recoveries: list[Recovery]
    no_account: list[Application]

    @property
    def anything(self) -> bool:
        return any((self.accounts, self.changes, self.objections, self.letters, self.recoveries, self.no_account))


def waiting_for(person: Person, *, most: int) -> Waiting:
    """What waits in somebody's areas, at most so many of each kind. Not what they have an interest in."""
    applications = applications_of(person)
    mine = applications.values("pk")
    return Waiting(
        accounts=list(accounts_to_look_at(person)[:most]),
        changes=list(placed(ChangeAsked.objects.filter(answered_at=None), mine).order_by("asked_at", "pk")[:most]),
        objections=list(objections_of(person)[:most]),
        letters=list(placed(Letter.objects.filter(about__in=Letter.AFTER, sent_on=None), mine).order_by("made_at", "pk")[:most]),
        recoveries=list(placed(open_recoveries(), mine).order_by("due_on", "pk")[:most]),
        no_account=list(without_account(applications)[:most]),
    )


def in_areas_of(person: Person) -> QuerySet:
    """Keys of the applications on which somebody may work."""
    return applications_of(person).values("pk")


def applications_of(person: Person) -> QuerySet[Application]:
    return in_reach(person, where_to_see_to(person))


def accounts_to_look_at(person: Person) -> QuerySet[Account]:
    """What was shown and waits, the oldest first."""
    return placed(Account.objects.filter(application__stage=Stage.REPORTED), in_areas_of(person)).order_by("given_at", "pk")


def objections_of(person: Person) -> QuerySet[Objection]:
    """Objections on which nobody decided yet, the first last day first."""
    undecided = Objection.objects.filter(outcome=ObjectionOutcome.UNDECIDED)
    return placed(undecided, in_areas_of(person), "decision__application").order_by("decide_by", "pk")


def placed(found: QuerySet, mine: QuerySet, path: str = "application") -> QuerySet:
    """Those of these applications, each with the name of its area."""
    facts = found.filter(**{f"{path}__in": mine}).select_related(f"{path}__initiative__area")
    return facts.annotate(place=last_name(f"{path}__initiative__area"))


def open_recoveries() -> QuerySet[Recovery]:
    return Recovery.objects.filter(dropped_why="", received__lt=F("amount"))


def without_account(found: QuerySet[Application]) -> QuerySet[Application]:
    """Grants of these that are known, of which nobody told to which account the money goes.

    Those without an account are looked up first, by their keys alone: they are few, and all the rest is asked for them only.
    """
    known = Decision.objects.filter(application=OuterRef("pk"), known_on__isnull=False)
    no_account = Q(payee=None) | Q(payee__card=False, payee__iban="")
    without = Application.objects.filter(no_account, stage__in=sorted(PAYABLE))
    return (
        found.filter(Exists(known), pk__in=without.values("pk"))
        .select_related("initiative__area")
        .annotate(known_on=Subquery(known.values("known_on")[:1]), place=last_name("initiative__area"))
        .order_by("known_on", "pk")
    )
