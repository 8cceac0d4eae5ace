"""What waits for who makes agendas: agreements that are late, owners who said no, people who want to join in."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.agenda.models import Agreement, Joiner, NotDone, Owner, Topic
from buurtdraad.agendas.agenda.states import OPEN, VersionStage
from buurtdraad.partners.models import Confirmation
from buurtdraad.partners.queries.confirming import long_ago, said_of
from buurtdraad.places.queries import last_name


def within(reach: Reach, field: str) -> Q:
    return Q() if reach.everywhere else Q(**{f"{field}__code__in": reach.codes})


def agreements_to_see_to(reach: Reach, on: datetime.date) -> QuerySet[Agreement]:
    """Agreements whose date passed, whose owner said no (`refused`), or that residents say are not done (`not_done`).

    The oldest date first; each with the name of its area as `place`. One query.
    """
    unread = NotDone.objects.filter(agreement=OuterRef("pk"), seen_at__isnull=True)
    said_no = Owner.objects.filter(agreement=OuterRef("pk"), refused_at__isnull=False)
    is_open = Q(stage__in=sorted(OPEN))
    public = ~Q(topic__version__stage=VersionStage.DRAFT)
    found = Agreement.objects.filter(within(reach, "area")).annotate(
        not_done=Exists(unread), refused=Exists(said_no), place=last_name("area")
    )
    wanted = Q(not_done=True) | Q(refused=True) & is_open | is_open & public & Q(due_on__lt=on)
    return found.filter(wanted).order_by("due_on", "pk")


def waiting_joiners(reach: Reach) -> QuerySet[Joiner]:
    """Who wants to join in and heard nothing yet, who waits longest first."""
    of_these = within(reach, "topic__version__area") | within(reach, "agreement__area") if not reach.everywhere else Q()
    waiting = Joiner.objects.filter(of_these, answered_at__isnull=True)
    return waiting.select_related("topic__version__area", "agreement__area").order_by("since", "pk")


def joiners_of(thing: Topic | Agreement) -> list[Joiner]:
    """Who wants to join in with a topic or an agreement, who waits longest first."""
    return list(thing.joiners.select_related("contact__person", "contact__phone").order_by("answered_at", "since"))


def what_partners_say(agreement: Agreement, at: datetime.datetime) -> dict:
    """What partners said of an agreement (`partners_say`): all that waits for an answer and the last of each.

    And who did not confirm it for two months (`unconfirmed`).
    """
    said = said_of([agreement.thing]).get(agreement.thing, [])
    last = {one.organisation.whole: one for one in reversed(said)}
    partners = agreement.owners.filter(organisation__isnull=False, accepted_at__isnull=False) if agreement.is_open else Owner.objects.none()
    silent = []
    for owner in partners.select_related("organisation__joined_to"):
        assert owner.organisation, "asked for"
        assert owner.accepted_at, "asked for"
        now = owner.organisation.whole
        if long_ago(last.get(now), owner.accepted_at, at):
            silent.append(now.name)
    waits = Confirmation.objects.waiting().filter(thing=agreement.thing).exclude(pk__in=[one.pk for one in said])
    every = [*said, *waits.select_related("organisation__joined_to")]
    return {"partners_say": sorted(every, key=lambda one: one.at, reverse=True), "unconfirmed": list(dict.fromkeys(silent))}
