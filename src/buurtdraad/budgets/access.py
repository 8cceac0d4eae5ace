"""Who makes a round, looks at plans, hands out codes, types paper, counts and adopts. Who votes is nobody's business: a code says it."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from buurtdraad.accounts.access import Reach, areas_of, duty_for, with_duty, with_working_areas
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.places.models import Area

type Someone = Person | AnonymousUser

MAKING = (Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.PROGRAMME_MANAGER)
CHECKING = (*MAKING, Duty.FUND_HANDLER)
READING = (*MAKING, Duty.MODERATOR)
TYPING = (*CHECKING, Duty.MODERATOR)
ADOPTING = (Duty.AREA_MANAGER, Duty.FUND_DECIDER, Duty.PROGRAMME_MANAGER)
MAKER = with_duty(*MAKING)
CHECKER = with_duty(*CHECKING)
READER = with_duty(*READING)
TYPIST = with_duty(*TYPING)
ADOPTER = with_duty(*ADOPTING, *MAKING)
STAFF = with_duty(*CHECKING, *TYPING, *ADOPTING)


def where(person: Someone, *duties: Duty) -> Reach:
    """In which areas somebody has one of these duties, with the working areas that hold one of those."""
    return with_working_areas(areas_of(person, *duties), person)


def visible_rounds(person: Someone):
    """What was announced, and for staff what is being prepared in their areas."""
    public = BudgetRound.objects.public()
    reach = where(person, *CHECKING, *TYPING, *ADOPTING)
    if reach.everywhere:
        return BudgetRound.objects.all()
    if reach.codes:
        return (public | BudgetRound.objects.filter(area__code__in=reach.codes)).distinct()
    return public


def visible_plans(person: Someone):
    """What stands on the site, one's own, and for staff those of rounds in their areas."""
    seen = BudgetPlan.objects.public().filter(round__in=BudgetRound.objects.public())
    if isinstance(person, Person):
        seen = seen | BudgetPlan.objects.filter(makers__contact__person=person)
    reach = where(person, *CHECKING, *READING)
    if reach.everywhere:
        return BudgetPlan.objects.all()
    if reach.codes:
        seen = seen | BudgetPlan.objects.filter(round__area__code__in=reach.codes)
    return seen.distinct()


def may_make(person: Someone, area: Area) -> bool:
    """Whether somebody makes and runs rounds of this area."""
    return area.code in where(person, *MAKING)


def may_check(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody says if a plan of this round can be done. A maker of it does not: see `is_maker`."""
    return round_.area.code in where(person, *CHECKING)


def may_read(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody reads plans before they stand on the site."""
    return round_.area.code in where(person, *READING)


def may_type(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody types paper ballots, or helps at a help point."""
    return round_.area.code in where(person, *TYPING)


def may_adopt(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody lays the result before who decides, or writes down that it was adopted: two people."""
    return round_.area.code in where(person, *ADOPTING)


def is_maker(person: Someone, plan: BudgetPlan) -> bool:
    """Whether somebody is one of those who thought of this plan."""
    return isinstance(person, Person) and plan.makers.filter(contact__person=person).exists()


def is_theirs(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody made a plan of this round: then they do not check its plans, count or adopt (Awb 2:4)."""
    return isinstance(person, Person) and round_.plans.filter(makers__contact__person=person).exists()


def may_give_codes(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody makes codes of this round: nobody who has a plan in it."""
    return may_make(person, round_.area) and not is_theirs(person, round_)


def may_help(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody replaces a code or helps people to vote: nobody who has a plan in the round."""
    return may_type(person, round_) and not is_theirs(person, round_)


def duty_of(person: Someone) -> str:
    """From which duty somebody works on a round, for the record."""
    return duty_for(person, *ADOPTING, *CHECKING, Duty.MODERATOR)


# voting
def may_type_paper(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody types paper ballots: nobody who has a plan in the round."""
    return may_type(person, round_) and not is_theirs(person, round_)


# after
def may_lay_before(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody lays the result before who decides. Who made a plan of the round does not (Awb 2:4)."""
    return (may_make(person, round_.area) or may_adopt(person, round_)) and not is_theirs(person, round_)


def may_say_yes(person: Someone, round_: BudgetRound, proposed_by: UUID) -> bool:
    """Whether somebody is the second who says that it was decided so: not who proposed it, nor who made a plan of the round."""
    return isinstance(person, Person) and person.uuid != proposed_by and may_adopt(person, round_) and not is_theirs(person, round_)


def may_see_to_plans(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody says who does a chosen plan, and closes it."""
    return may_make(person, round_.area) or may_adopt(person, round_)


# proposals

# Who reads plans, or says whether they can be done.
PLAN_READER = with_duty(*CHECKING, *READING)


def may_see_plans(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody of the municipality sees all plans of a round, with who made them."""
    return may_check(person, round_) or may_read(person, round_)


def may_answer_plans(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody says if plans of this round can be done, and puts them on the list: who may check and made none of them."""
    return may_check(person, round_) and not is_theirs(person, round_)


def may_carry(person: Someone, plan: BudgetPlan) -> bool:
    """Whether somebody changes a plan or takes it back: its makers, and who helps them."""
    return is_maker(person, plan) or may_check(person, plan.round)


# counting
def may_close(person: Someone, round_: BudgetRound) -> bool:
    """Whether somebody closes a round when all paper was typed. Not who made a plan of it."""
    return may_make(person, round_.area) and not is_theirs(person, round_)
