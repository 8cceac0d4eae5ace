"""What waits for who decides: proposals, small plans, letters that did not go out yet, and ceilings that run out."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from buurtdraad.accounts.access import Reach, areas_of
from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.models import Application, Decision, InterestDeclaration, Letter, Mandate
from buurtdraad.fund.queries.deciding import chain, overflow_day
from buurtdraad.fund.queries.worklist import SHOWN, in_reach, with_facts
from buurtdraad.fund.states import IN_HAND, OVER, Interest, Stage
from buurtdraad.money.models import Pot
from buurtdraad.places.queries import last_name


def where_to_decide(person: Person) -> Reach:
    """In which areas somebody decides, on large or on small plans."""
    return areas_of(person, *access.DECIDING, *access.ADVISING)


def to_decide(person: Person) -> QuerySet[Application]:
    """Proposals and small plans that wait in somebody's areas, the shortest time first; not those on which they cannot decide.

    The mandate is that of the rules of each application. Large ones for who decides, small ones for who has a mandate for these.
    """
    large, small = areas_of(person, *access.DECIDING), areas_of(person, *access.ADVISING)
    by_mandate = Mandate.objects.filter(rules=OuterRef("rules"), up_to__gte=OuterRef("asked"))
    proposed = Q(stage=Stage.PROPOSED) & of_reach(large) & Q(Exists(by_mandate.filter(duty__in=access.DECIDING, small_only=False)))
    mine = (
        Q(small=True, stage__in=(*access.SMALL_STAGES, Stage.PROPOSED))
        & of_reach(small)
        & Q(Exists(by_mandate.filter(duty__in=access.ADVISING)))
    )
    found = in_reach(person, where_to_decide(person)).filter(proposed | mine)
    # Who said yes first, or prepared it, waits for somebody else.
    found = found.exclude(proposal__first_yes_by=person.uuid, stage=Stage.PROPOSED)
    found = found.exclude(stage=Stage.PROPOSED, small=False, proposal__made_by=person.uuid)
    found = with_facts(found).select_related("proposal").only(*SHOWN, "proposal__application", "proposal__outcome")
    return found.order_by("decide_by", "pk")


def of_reach(reach: Reach) -> Q:
    if reach.everywhere:
        return Q()
    return Q(initiative__area__code__in=reach.codes)


def unsent(person: Person) -> QuerySet[Decision]:
    """Decisions of which the letter did not go out yet, in the areas where somebody sends it; the oldest first."""
    reach = access.where_to_see(person)
    interest = InterestDeclaration.objects.filter(application=OuterRef("application"), person=person.uuid, says=Interest.YES)
    found = Decision.objects.filter(known_on=None).exclude(Exists(interest)).exclude(application__stage=Stage.WITHDRAWN)
    if not reach.everywhere:
        found = found.filter(application__initiative__area__code__in=reach.codes)
    related = ("application__initiative__area", "application__rules__scheme")
    return found.select_related(*related).annotate(place=last_name("application__initiative__area")).order_by("taken_at", "pk")


def papers(person: Person) -> QuerySet[Letter]:
    """Letters before a decision that somebody has to print and send, the oldest first; not of what was answered meanwhile."""
    waits = Q(about=Letter.About.QUESTION, application__stage=Stage.WAITING) | Q(
        about=Letter.About.EXTENSION, application__stage__in=sorted(IN_HAND)
    )
    waits |= Q(about=Letter.About.VIEW, application__views__given_at=None, application__views__waived_at=None)
    interest = InterestDeclaration.objects.filter(application=OuterRef("application"), person=person.uuid, says=Interest.YES)
    mine = in_reach(person, access.where_to_see(person)).exclude(stage__in=sorted(OVER)).values("pk")
    found = Letter.objects.filter(waits, about__in=Letter.BEFORE, sent_on=None, application__in=mine).exclude(Exists(interest)).distinct()
    related = ("application__initiative__area", "application__rules__scheme")
    return found.select_related(*related).annotate(place=last_name("application__initiative__area")).order_by("made_at", "pk")


def pots_running_out() -> list[Pot]:
    """Ceilings on which a draw has to be held, because more was asked on one day than there is."""
    waiting = Application.objects.filter(stage__in=sorted(IN_HAND), complete_on__isnull=False, round_on=None).exclude(pot=None)
    pots = Pot.objects.filter(pk__in=waiting.values("pot")).select_related("area", "within__area", "within__within")
    all_of_them = {one.pk: one for pot in pots for one in chain(pot)}
    return [pot for pot in all_of_them.values() if overflow_day(pot)]
