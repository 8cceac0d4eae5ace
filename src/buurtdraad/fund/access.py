"""Who sees, writes, handles, decides and pays an application. Who asked for the money, or has an interest, never works on it (Awb 2:4)."""

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q

from buurtdraad.accounts.access import Reach, Someone, areas_of, duty_for, has_duty, with_duty
from buurtdraad.accounts.duties import STAFF as STAFF_DUTIES
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.fund.models import Application, Mandate, Objection, Round
from buurtdraad.fund.states import IN_HAND, Channel, Interest, RankedBy, RoundStage, Stage
from buurtdraad.initiatives.access import is_theirs
from buurtdraad.initiatives.access import theirs as initiatives_of
from buurtdraad.initiatives.models import Initiative
from buurtdraad.money.models import Pot

HANDLING = (Duty.FUND_HANDLER,)
DECIDING = (Duty.FUND_DECIDER,)
ADVISING = (Duty.AREA_ADVISER, Duty.AREA_MANAGER)
ASSISTING = (*ADVISING, *HANDLING)
KEEPING = (Duty.FUND_DECIDER, Duty.PROGRAMME_MANAGER)
STAFF = (*HANDLING, *DECIDING, *ADVISING, Duty.PROGRAMME_MANAGER, Duty.FINANCE)
HANDLER = with_duty(*HANDLING, *DECIDING)
DECIDER = with_duty(*DECIDING, *ADVISING)
ASSISTANT = with_duty(*ASSISTING)
KEEPER = with_duty(*KEEPING)
# Steps in which a decision can be proposed; of `WAITING` only not to process it (Awb 4:5).
PROPOSABLE = (Stage.WAITING, Stage.ASSESSING, Stage.VIEW)
# A small plan is decided in one go from these.
SMALL_STAGES = (Stage.SUBMITTED, Stage.CHECKING, Stage.ASSESSING)
CHOOSING_POT = (Stage.SUBMITTED, Stage.CHECKING, *PROPOSABLE)
FUND_STAFF = with_duty(*HANDLING, *DECIDING, *ADVISING, Duty.PROGRAMME_MANAGER)


def where_to_see(person: Someone) -> Reach:
    """In which areas somebody of the staff sees applications. Not the account of who asks: that is for who pays."""
    return areas_of(person, *HANDLING, *DECIDING, *ADVISING)


def visible_applications(person: Someone, session: SessionBase | None = None):
    """One's own (of one's initiatives), and for staff those that were sent in their areas, and the drafts that they help with."""
    mine = Q(initiative__pk__in=own_initiatives(person, session))
    reach = where_to_see(person)
    sent = ~Q(stage=Stage.DRAFT)
    if isinstance(person, Person) and reach != Reach():
        sent |= Q(helper=person.uuid) | Q(written_by=person.uuid)
    if reach.everywhere:
        mine |= sent
    elif reach.codes:
        mine |= sent & Q(initiative__area__code__in=reach.codes)
    return Application.objects.filter(mine).select_related("initiative__area", "rules__scheme")


def own_initiatives(person: Someone, session: SessionBase | None):
    return Initiative.objects.filter(initiatives_of(person, session)).values("pk")


def is_applicant(person: Someone, application: Application, session: SessionBase | None = None) -> bool:
    """Whether somebody asks for this money, alone or with the others of the initiative."""
    return is_theirs(person, application.initiative, session)


def may_write(person: Someone, application: Application, session: SessionBase | None = None) -> bool:
    """Whether somebody fills it in: who asks, and who of the municipality fills it in for them."""
    return application.stage == Stage.DRAFT and (is_applicant(person, application, session) or may_assist(person, application))


def may_assist(person: Someone, application: Application) -> bool:
    """Whether somebody of the municipality fills it in for who asks, and reads it back."""
    return has_duty(person, *ASSISTING, area=application.initiative.area)


def has_interest(person: Someone, application: Application) -> bool:
    """Whether somebody said that they have something to do with it, or asks for the money themselves."""
    if not isinstance(person, Person):
        return False
    if Interest.YES in said_by(person, application):
        return True
    return is_applicant(person, application) or bool(application.contact and application.contact.person_id == person.pk)


def has_declared(person: Someone, application: Application) -> bool:
    """Whether somebody said that they have nothing to do with it."""
    return isinstance(person, Person) and Interest.NONE in said_by(person, application)


def said_by(person: Person, application: Application) -> set[str]:
    """What somebody said of having something to do with it. Prefetch `interests` where it is asked more than once."""
    return {one.says for one in application.interests.all() if one.person == person.uuid}


def may_see_file(person: Someone, application: Application) -> bool:
    """Whether somebody of the staff sees the file of a sent application."""
    return application.initiative.area.code in where_to_see(person) and not has_interest(person, application)


def may_handle(person: Someone, application: Application) -> bool:
    """Whether somebody handles it: who has the duty there, declared to have nothing to do with it, and did not ask for it."""
    area = application.initiative.area
    return has_duty(person, *HANDLING, *DECIDING, area=area) and has_declared(person, application) and not has_interest(person, application)


# deciding


def mandate_of(person: Someone, application: Application) -> Mandate | None:
    """From which mandate somebody may decide on what is asked here: of the rules of the application, by amount and duty in its area."""
    for mandate in application.rules.rows("mandates"):
        enough = mandate.up_to >= application.asked and (application.small or not mandate.small_only)
        if enough and has_duty(person, Duty(mandate.duty), area=application.initiative.area):
            return mandate
    return None


def may_propose(person: Someone, application: Application) -> bool:
    """Whether somebody writes what to decide: who handles it, and of a small plan the adviser who decides on it too."""
    if application.stage not in PROPOSABLE:
        return False
    return may_handle(person, application) or (application.small and is_free_to_decide(person, application))


def may_decide(person: Someone, application: Application) -> bool:
    """Whether somebody decides on a proposal: a mandate for the amount, no interest (declared), and not prepared by themselves.

    A small plan needs no second person where the rules let the adviser decide on it (`Mandate.small_only`).
    """
    return application.stage == Stage.PROPOSED and is_free_to_decide(person, application) and not prepared_alone(person, application)


def is_free_to_decide(person: Someone, application: Application) -> bool:
    """A mandate for it, declared to have nothing to do with it, no interest in it, and not who filled it in for the applicant."""
    if isinstance(person, Person) and application.written_by == person.uuid:
        return False
    return mandate_of(person, application) is not None and has_declared(person, application) and not has_interest(person, application)


def prepared_alone(person: Someone, application: Application) -> bool:
    """Whether somebody would decide alone on what they prepared themselves."""
    proposal = getattr(application, "proposal", None)
    if proposal is None or not isinstance(person, Person) or proposal.made_by != person.uuid:
        return False
    mandate = mandate_of(person, application)
    return mandate is None or not mandate.small_only


def may_decide_small(person: Someone, application: Application) -> bool:
    """Whether somebody decides on a small plan in one go: the rules give them a mandate for it, and nobody took it further."""
    return application.small and application.stage in SMALL_STAGES and is_free_to_decide(person, application)


def may_give_back(person: Someone, application: Application) -> bool:
    """Whether somebody sends a proposal back: who decides, and who handles it and wants to change it."""
    return application.stage == Stage.PROPOSED and (is_free_to_decide(person, application) or may_handle(person, application))


def may_send(person: Someone, application: Application) -> bool:
    """Whether somebody sends the letter of a decision: who handles or decides there."""
    area = application.initiative.area
    return has_duty(person, *HANDLING, *DECIDING, *ADVISING, area=area) and not has_interest(person, application)


def may_draw(person: Someone, pot: Pot) -> bool:
    """Whether somebody holds the draw on the day on which a ceiling runs out."""
    return has_duty(person, *DECIDING, area=pot.area)


def duty_of(person: Someone) -> str:
    """From which duty somebody works on applications, for the record."""
    return duty_for(person, *DECIDING, *HANDLING, *ADVISING, Duty.PROGRAMME_MANAGER, Duty.FINANCE)


# handling

# Who can be asked for advice: everybody who works here, whatever their duty.
ADVICE_GIVER = with_duty(*sorted(STAFF_DUTIES), Duty.EMPLOYEE)


def has_handling_duty(person: Someone, application: Application) -> bool:
    """Whether somebody has the duty to handle applications of this area, whatever they said about it."""
    return has_duty(person, *HANDLING, *DECIDING, area=application.initiative.area)


def may_declare(person: Someone, application: Application) -> bool:
    """Whether somebody may say that they have something to do with it: whose work it could be."""
    return application.stage != Stage.DRAFT and application.initiative.area.code in where_to_see(person)


def may_give_away(person: Someone, application: Application) -> bool:
    """Whether somebody may give it to a colleague: who has the duty there, also when they have an interest themselves."""
    return application.stage in IN_HAND and has_handling_duty(person, application)


def may_answer(person: Someone, application: Application, session: SessionBase | None = None) -> bool:
    """Whether somebody answers a question about it, or reacts: who asks for the money."""
    return is_applicant(person, application, session)


def may_note(person: Someone, application: Application) -> bool:
    """Whether somebody writes a note for colleagues: who sees the file."""
    return application.stage != Stage.DRAFT and may_see_file(person, application)


def may_still_advise(application: Application) -> bool:
    """Whether advice can still change something."""
    return application.stage in IN_HAND


def may_advise_on(person: Someone, application: Application) -> bool:
    """Whether somebody was asked for advice and has nothing to do with it; which duty they have does not matter."""
    return isinstance(person, Person) and is_asked(person, application) and not has_interest(person, application)


def is_asked(person: Person, application: Application) -> bool:
    return application.advices.filter(asked_of=person.uuid).exists()


# asking

# The key in the session: the public ids of the applications of which the account number was typed in this browser.
TYPED_ACCOUNTS = "fund_accounts"


def note_typed_account(session: SessionBase, application: Application) -> None:
    """In this browser the account number was typed: here it is shown whole, anywhere else only its end."""
    session[TYPED_ACCOUNTS] = sorted({*session.get(TYPED_ACCOUNTS, ()), str(application.uuid)})


def sees_account(session: SessionBase, application: Application) -> bool:
    """Whether this browser shows the whole account number: only where it was typed. Who pays sees it with the payments."""
    return str(application.uuid) in session.get(TYPED_ACCOUNTS, ())


def asks_here(person: Someone, application: Application, session: SessionBase | None = None) -> bool:
    """Whether somebody sees the page of who asks: who asks, and who of the municipality filled it in or helps."""
    if is_applicant(person, application, session):
        return True
    return isinstance(person, Person) and person.uuid in {application.written_by, application.helper} and may_assist(person, application)


def where_to_assist(person: Someone) -> Reach:
    """In which areas somebody fills in an application for somebody else."""
    return areas_of(person, *ASSISTING)


# rulebook


def may_keep_rules(person: Someone) -> bool:
    """Whether somebody keeps the rules of the fund, the other desks and failures: who keeps them for the whole city."""
    return areas_of(person, *KEEPING).everywhere


def may_keep_blocks(person: Someone) -> bool:
    """Whether somebody keeps the standard texts: who handles or decides, anywhere."""
    return has_duty(person, *HANDLING, *DECIDING)


# after

# A grant that is known or not, and what follows on it.
AFTER_YES = frozenset({Stage.GRANTED, Stage.PARTLY, Stage.REPORT_DUE, Stage.REPORTED, Stage.DETERMINED, Stage.CLOSED})
# Who asked can still take it back.
WITHDRAWABLE = frozenset({*IN_HAND, Stage.GRANTED, Stage.PARTLY})


def may_withdraw(person: Someone, application: Application, session: SessionBase | None = None) -> bool:
    """Whether somebody takes the request back: who asked."""
    return application.stage in WITHDRAWABLE and asks_here(person, application, session)


def may_see_to(person: Someone, application: Application) -> bool:
    """Whether somebody works on what comes after the decision: who handles it there, with no interest (declared)."""
    return may_handle(person, application) and not is_history(application)


def may_settle(person: Someone, application: Application) -> bool:
    """Whether somebody decides on the final amount, or takes the money back: a mandate for it, and no interest (declared)."""
    return application.stage in AFTER_YES and is_free_to_decide(person, application) and not is_history(application)


def is_history(application: Application) -> bool:
    """Whether it was decided in an older system, where also everything after it is done."""
    return application.channel == Channel.OLDER and application.stage not in IN_HAND and not application.decisions.exists()


def may_drop(person: Someone, application: Application) -> bool:
    """Whether somebody says that money does not have to come back: a mandate for it, and no interest (declared)."""
    return is_free_to_decide(person, application)


def may_judge(person: Someone, objection: Objection) -> bool:
    """Whether somebody works on an objection: no part in the decision (Awb 7:5, 10:3), and nothing to do with it (declared)."""
    decision, settlement = objection.decision, objection.settlement
    took = {settlement.made_by, settlement.with_whom} if settlement else {decision.taken_by, decision.with_whom, decision.prepared_by}
    return isinstance(person, Person) and person.uuid not in took and may_handle(person, decision.application)


def where_to_see_to(person: Someone) -> Reach:
    """In which areas somebody works on what comes after the decision."""
    return areas_of(person, *HANDLING, *DECIDING)


# rounds

ASSESSING = (*HANDLING, *DECIDING, *ADVISING)


def may_keep_round(person: Someone, pot: Pot | None) -> bool:
    """Whether somebody announces and sees to rounds that divide this pot."""
    return pot is not None and has_duty(person, *KEEPING, area=pot.area)


def may_score(person: Someone, round_: Round, application: Application) -> bool:
    """Whether somebody gives points for it: an assessor of its area with no interest (declared), while the order is not known."""
    if round_.stage != RoundStage.CLOSED or round_.ranked_by != RankedBy.SCORES:
        return False
    free = has_declared(person, application) and not has_interest(person, application)
    return free and has_duty(person, *ASSESSING, area=application.initiative.area)


def may_award(person: Someone, round_: Round) -> bool:
    """Whether somebody makes the proposals of a round, once the order is known."""
    area = round_.pot.area if round_.pot else None
    return round_.stage == RoundStage.RANKED and area is not None and has_duty(person, *HANDLING, *DECIDING, area=area)


def where_to_see_rounds(person: Someone) -> Reach:
    """Of which areas the rounds are somebody's work."""
    return areas_of(person, *HANDLING, *DECIDING, Duty.PROGRAMME_MANAGER)
