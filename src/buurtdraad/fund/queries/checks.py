"""What a decision needs and whether it is there, as sentences for the page of who decides."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.models import Application, Mandate, Proposal
from buurtdraad.fund.queries import deciding as queries
from buurtdraad.fund.states import YES
from buurtdraad.fund.tally import Turn
from buurtdraad.money.queries.pots import free_in
from buurtdraad.ui.euros import euros


@dataclass(frozen=True)
class Check:
    """One thing that has to be right; `words` says how it is."""

    right: bool
    words: str


def checks_of(application: Application, proposal: Proposal, person: Person) -> list[Check]:
    """All of them, for this person. The actions look at everything again."""
    found = [
        of_mandate(access.mandate_of(person, application)),
        of_interest(application, person),
        of_preparing(application, proposal, person),
    ]
    if application.complete_on:
        found.append(
            Check(right=True, words=_("Everything was there on %(day)s.") % {"day": date_format(application.complete_on, "j F Y")})
        )
    if queries.needs_two(application) and access.mandate_of(person, application):
        found.append(of_second(proposal, person))
    if proposal.ground:
        found.append(of_hearing(application, proposal))
    if proposal.outcome in YES:
        found += of_money(application, proposal)
    return found


def of_mandate(mandate: Mandate | None) -> Check:
    if mandate is None:
        return Check(right=False, words=_("You may not decide on an amount like this."))
    return Check(right=True, words=_("You may decide up to %(amount)s.") % {"amount": euros(mandate.up_to)})


def of_interest(application: Application, person: Person) -> Check:
    if access.has_interest(person, application):
        return Check(right=False, words=_("You have something to do with this request."))
    if not access.has_declared(person, application):
        return Check(right=False, words=_("You did not say yet whether you have something to do with it."))
    return Check(right=True, words=_("You said that you have nothing to do with it."))


def of_preparing(application: Application, proposal: Proposal, person: Person) -> Check:
    if access.prepared_alone(person, application):
        return Check(right=False, words=_("You prepared this yourself. Somebody else must decide on it."))
    if proposal.made_by == person.uuid:
        return Check(right=True, words=_("Of a small plan you may decide on what you prepared."))
    return Check(right=True, words=_("Somebody else prepared this."))


def of_second(proposal: Proposal, person: Person) -> Check:
    if proposal.first_yes_by is None:
        return Check(right=True, words=_("Two people decide on this amount. You are the first."))
    if proposal.first_yes_by == person.uuid:
        return Check(right=False, words=_("You said yes already. A second person has to decide too."))
    return Check(right=True, words=_("Two people decide on this amount. You are the second."))


def of_hearing(application: Application, proposal: Proposal) -> Check:
    if queries.must_be_heard(application, proposal.ground):
        return Check(right=False, words=_("The applicant must be heard first."))
    return Check(right=True, words=_("The applicant was heard, or does not have to be."))


def of_money(application: Application, proposal: Proposal) -> list[Check]:
    if application.pot is None:
        return [Check(right=False, words=_("No pot was chosen yet."))]
    free = free_in(application.pot)
    says = _("In '%(pot)s' %(free)s is free.") % {"pot": application.pot, "free": euros(free)}
    return [Check(right=free >= proposal.amount, words=says), of_turn(queries.turn_of(application, proposal.amount))]


def of_turn(turn: Turn) -> Check:
    match turn:
        case Turn.OTHERS_FIRST:
            return Check(right=False, words=_("Others were complete sooner, and there is not enough for all."))
        case Turn.DRAW_FIRST:
            return Check(right=False, words=_("On this day more was asked than there is. First hold a draw."))
    return Check(right=True, words=_("It is the turn of this request."))
