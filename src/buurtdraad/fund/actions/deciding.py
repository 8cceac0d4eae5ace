"""Proposing and taking a decision (beschikking). What was decided never changes; an objection that is right brings a new one.

Nobody decides without: everything there (`complete_on`), a mandate for the amount, no interest of their own, somebody else who
prepared it, a second person above the amount of the rules, the applicant heard where the law asks it, and free money in the pot.
"""

import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions import letters
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.models import Application, Decision, Mandate, Proposal
from buurtdraad.fund.queries import deciding as queries
from buurtdraad.fund.queries.deciding import Text
from buurtdraad.fund.queries.rules import band_of
from buurtdraad.fund.states import MOVES, NO, PAYABLE, YES, Accounting, Ground, Outcome, Stage
from buurtdraad.fund.tally import Turn
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move, wrong_stage
from buurtdraad.money.actions.committing import commit
from buurtdraad.money.models import Commitment, Pot
from buurtdraad.money.states import Kind
from buurtdraad.ui.euros import euros

NOTHING = Decimal(0)


class NotDecidable(Refused):
    """Something that a decision needs is not there yet."""


class WrongAmount(Refused):
    """So much cannot be granted, or the outcome does not go with it."""


class NoMandate(Refused):
    """This person may not decide on this."""


class HearFirst(Refused):
    """The applicant must be heard before this decision (Awb 4:7, 4:12)."""


class NotYourTurn(Refused):
    """Others come first for the money that is left."""


# --- proposing -----------------------------------------------------------------------------------------


@transaction.atomic
def choose_pot(application: Application, pot: Pot, *, by: Person, at: datetime.datetime) -> None:
    """From which ceiling it is paid. Raises `NotDecidable` for a pot of another place, theme or year."""
    must_be_free(by, application)
    held = hold(application)
    if held.stage not in access.CHOOSING_POT:
        raise wrong_stage(f"the pot of {held} is chosen")
    if not queries.pots_for(held).filter(pk=pot.pk).exists():
        raise NotDecidable(_("This request cannot be paid from that pot. Choose another one."))
    Application.objects.filter(pk=held.pk).update(pot=pot)
    application.pot = pot
    write_down("pot.chosen", application, by=by, at=at, payload={"pot": str(pot.uuid)})


@transaction.atomic
def propose(
    application: Application,
    *,
    outcome: Outcome,
    amount: Decimal,
    ground: Ground | str = "",
    words: str,
    obligations: str = "",
    pot: Pot | None = None,
    by: Person,
    at: datetime.datetime,
) -> Proposal:
    """Say what to decide; somebody with the mandate takes it over, or gives it back.

    `amount` in euros, 0 when nothing is granted; `pot`: from which it is paid, where another was chosen.
    Raises `NotFree`, `WrongStage`, `NotDecidable`, `WrongAmount` and `HearFirst`.
    """
    must_be_free(by, application)
    if pot is not None and pot.pk != application.pot_id:
        choose_pot(application, pot, by=by, at=at)
    held = hold(application)
    text = Text(str(outcome), Decimal(amount), str(ground), words, obligations)
    must_fit(held, text)
    if held.stage == Stage.WAITING and outcome != Outcome.NOT_PROCESSED:
        raise wrong_stage(f"{held} waits for an answer")
    facts = {"made_by": by.uuid, "made_at": at, "first_yes_by": None, "first_yes_at": None}
    made, _new = Proposal.objects.update_or_create(application=held, defaults=vars(text) | facts)
    move(held, Stage.PROPOSED, moves=MOVES)
    application.refresh_from_db()
    write_down("decision.proposed", application, by=by, at=at, payload={"outcome": str(outcome), "amount": str(amount)})
    return made


@transaction.atomic
def give_back(application: Application, why: str, *, by: Person, at: datetime.datetime) -> None:
    """The proposal goes back to who handles it, with a note that says why."""
    must_be_free(by, application)
    held = hold(application)
    if held.stage != Stage.PROPOSED:
        raise wrong_stage(f"{held} is not proposed")
    move(held, Stage.ASSESSING, moves=MOVES)
    Proposal.objects.filter(application=held).update(first_yes_by=None, first_yes_at=None)
    held.notes.create(text=why, by=by.uuid, at=at)
    application.refresh_from_db()
    write_down("decision.given_back", application, by=by, at=at)


# --- deciding ------------------------------------------------------------------------------------------


@transaction.atomic
def decide(application: Application, *, by: Person, at: datetime.datetime) -> Decision | None:
    """Decide as was proposed. None: two people are needed, and this was the first who said yes.

    Raises `NotFree`, `NoMandate`, `WrongStage`, `NotDecidable`, `WrongAmount`, `HearFirst`, `NotYourTurn` and `PotTooSmall`.
    """
    must_be_free(by, application)
    held = hold(application)
    proposal = Proposal.objects.select_for_update().filter(application=held).first()
    if held.stage != Stage.PROPOSED or proposal is None:
        raise wrong_stage(f"{held} is not proposed")
    mandate = must_have_mandate(by, held)
    if access.prepared_alone(by, held):
        raise NoMandate(_("You prepared this yourself. Somebody else must decide on it."))
    text = Text(proposal.outcome, proposal.amount, proposal.ground, proposal.words, proposal.obligations)
    must_fit(held, text)
    if queries.needs_two(held) and proposal.first_yes_by is None:
        Proposal.objects.filter(pk=proposal.pk).update(first_yes_by=by.uuid, first_yes_at=at)
        write_down("decision.first_yes", held, by=by, at=at)
        return None
    if proposal.first_yes_by == by.uuid:
        raise NoMandate(_("You said yes already. A second person has to decide too."))
    first = proposal.first_yes_by
    made = take(
        held, text, by=by, at=at, mandate=mandate.duty, prepared_by=proposal.made_by,
        taken_by=first or by.uuid, with_whom=by.uuid if first else None,
    )  # fmt: skip
    move(held, Stage(made.outcome), moves=MOVES)
    application.refresh_from_db()
    return made


@transaction.atomic
def decide_small(
    application: Application,
    *,
    outcome: Outcome,
    amount: Decimal,
    ground: Ground | str = "",
    words: str,
    obligations: str = "",
    pot: Pot | None = None,
    by: Person,
    at: datetime.datetime,
) -> Decision:
    """Decide on a small plan in one go, as the rules let the area adviser do (a mandate for small plans).

    A small plan is one screen: when it came in, everything was there. Raises what `propose` and `decide` do.
    """
    if not application.small:
        raise NotDecidable(_("This is no small plan."))
    must_be_free(by, application)
    held = hold(application)
    if held.complete_on is None and held.stage in {Stage.SUBMITTED, Stage.CHECKING}:
        Application.objects.filter(pk=held.pk).update(complete_on=held.received_on)
        for step in (Stage.CHECKING, Stage.ASSESSING):
            if held.stage != step:
                move(held, step, moves=MOVES)
    application.refresh_from_db()
    pot = pot or (queries.only_pot_for(held) if application.pot_id is None else None)
    propose(application, outcome=outcome, amount=amount, ground=ground, words=words, obligations=obligations, pot=pot, by=by, at=at)
    made = decide(application, by=by, at=at)
    assert made is not None, "a small plan needs no second person"
    return made


@transaction.atomic
def replace(
    decision: Decision,
    *,
    outcome: Outcome,
    amount: Decimal,
    ground: Ground | str = "",
    words: str,
    obligations: str = "",
    prepared_by: UUID | None = None,
    by: Person,
    at: datetime.datetime,
) -> Decision:
    """A new decision in the place of one that was wrong, after an objection; never worse for who objected.

    Nobody takes it who took the old one, and above the amount of the rules somebody else than `by` prepared it. Money that is granted
    above the old amount is committed beside the old commitment, so what was paid stays where it stands. Raises what `decide` does.
    """
    application = decision.application
    must_be_free(by, application)
    held = hold(application)
    mandate = must_have_mandate(by, held)
    if by.uuid in {decision.taken_by, decision.with_whom, decision.prepared_by}:
        raise NoMandate(_("You took the first decision. Somebody else must decide on the objection."))
    if queries.needs_two(held) and prepared_by in {None, by.uuid}:
        raise NoMandate(_("Two people look at an amount like this. Somebody else must prepare it."))
    if amount < decision.amount:
        raise WrongAmount(_("Nobody gets less because they object."))
    text = Text(str(outcome), amount, str(ground), words, obligations)
    reopen(held, outcome)
    must_fit(held, text)
    made = take(
        held, text, by=by, at=at, mandate=mandate.duty, prepared_by=prepared_by,
        taken_by=by.uuid, with_whom=None, replaces=decision,
    )  # fmt: skip
    if held.stage not in PAYABLE:
        move(held, Stage(made.outcome), moves=MOVES)
    decision.application.refresh_from_db()
    return made


def reopen(held: Application, outcome: str) -> None:
    """A refusal that was wrong is looked at again: through the same steps as the first time."""
    steps = {
        Stage.REFUSED: (Stage.ASSESSING, Stage.PROPOSED),
        Stage.NOT_PROCESSED: (Stage.CHECKING, Stage.ASSESSING, Stage.PROPOSED),
    }.get(Stage(held.stage), ())
    for step in steps:
        move(held, step, moves=MOVES)
    if steps:
        Application.objects.filter(pk=held.pk).update(ended_at=None)


def take(
    held: Application, text: Text, *, by: Person, at, mandate: str, prepared_by, taken_by, with_whom, replaces: Decision | None = None
) -> Decision:
    """Write the decision with its money and its letter. The application is held."""
    before = replaces.amount if replaces else NOTHING
    commitment = replaces.commitment if replaces else None
    if text.amount > before:
        commitment = promise(held, text.amount - before, by=by, at=at)
    made = Decision.objects.create(
        application=held, replaces=replaces, asked=held.asked, **vars(text), at_once=determined_at_once(held, text.amount),
        prepared_by=prepared_by, taken_by=taken_by, with_whom=with_whom, mandate=mandate, taken_at=at, commitment=commitment,
    )  # fmt: skip
    if text.outcome in NO:
        Application.objects.filter(pk=held.pk).update(ended_at=at)
    letters.write(made, at=at)
    verb = "decision.replaced" if replaces else "decision.taken"
    write_down(verb, held, by=by, at=at, payload={"decision": str(made.uuid), "outcome": text.outcome, "amount": str(text.amount)})
    return made


def promise(held: Application, amount: Decimal, *, by: Person, at: datetime.datetime) -> Commitment:
    """The money for it, from its pot, when it is its turn. The pots stay held: of many at once each sees what the one before took."""
    if held.pot is None:
        raise NotDecidable(_("First choose the pot from which it is paid."))
    for pot in queries.chain(held.pot):
        Pot.objects.select_for_update(no_key=True).get(pk=pot.pk)
    match queries.turn_of(held, amount):
        case Turn.OTHERS_FIRST:
            raise NotYourTurn(_("Others were complete sooner, and there is not enough for all. Decide on theirs first."))
        case Turn.DRAW_FIRST:
            raise NotYourTurn(_("On this day more was asked than there is. First hold a draw."))
        case Turn.ROUND_FIRST:
            raise NotYourTurn(_("This request goes by a round. First the order of the round must be known."))
    initiative = held.initiative
    return commit(
        held.pot, amount=amount, kind=Kind.GRANT, area=initiative.area, initiative=initiative, words=initiative.title, told=False,
        by=by, at=at,
    )  # fmt: skip


def determined_at_once(held: Application, amount: Decimal) -> bool:
    return amount > 0 and band_of(held.rules, amount).accounting == Accounting.AT_ONCE


# --- guards --------------------------------------------------------------------------------------------


def hold(application: Application) -> Application:
    """The row as it is now, held until the end of the transaction."""
    related = ("initiative__area", "rules__scheme", "pot__within", "contact__person")
    return Application.objects.select_for_update(of=("self",)).select_related(*related).get(pk=application.pk)


def must_have_mandate(person: Person, application: Application) -> Mandate:
    mandate = access.mandate_of(person, application)
    if mandate is None:
        raise NoMandate(_("You may not decide on an amount like this. Somebody with the mandate for it must do it."))
    return mandate


def must_fit(held: Application, text: Text) -> None:
    """Everything that a decision with this text needs, of proposal and decision alike."""
    must_be_ready(held, text.outcome)
    must_be_the_amount(held, text)
    if text.outcome != Outcome.GRANTED and not text.ground:
        raise NotDecidable(_("Choose the reason why it is not all that was asked."))
    if not text.words.strip():
        raise NotDecidable(_("Write for the applicant why you decide so."))
    if text.ground == Ground.CEILING and not queries.is_short(held):
        raise NotDecidable(_("There is enough money, or others come first. Then this is no reason."))
    if queries.must_be_heard(held, text.ground):
        raise HearFirst(_("First ask the applicant for a reaction. The law asks that before a decision like this."))


def must_be_ready(held: Application, outcome: str) -> None:
    """Everything was there; or it was asked for and did not come (Awb 4:5)."""
    if outcome == Outcome.NOT_PROCESSED:
        if not held.questions.filter(lapsed_at__isnull=False).exists():
            raise NotDecidable(_("First ask for what is missing, and wait until the last day to answer."))
    elif held.complete_on is None:
        raise NotDecidable(_("First say on which day everything was there."))


def must_be_the_amount(held: Application, text: Text) -> None:
    if text.outcome in NO:
        if text.amount != NOTHING:
            raise WrongAmount(_("Who gets no money gets an amount of zero."))
        return
    assert text.outcome in YES, text.outcome
    if text.amount <= NOTHING:
        raise WrongAmount(_("Write an amount above zero."))
    most = queries.most_of(held)
    if text.amount > most:
        raise WrongAmount(_("At most %(most)s can be granted for this request.") % {"most": euros(most)})
    if text.outcome == Outcome.GRANTED and text.amount != held.asked:
        raise WrongAmount(_("This is not all that was asked. Choose 'partly granted', with the reason."))
    if text.outcome == Outcome.PARTLY and text.amount >= held.asked:
        raise WrongAmount(_("This is all that was asked. Choose 'granted'."))
