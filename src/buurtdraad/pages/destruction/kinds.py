"""Everything that can be past its time, in one list: each room says what is due and destroys it itself."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.destruction import actions as accounts
from buurtdraad.accounts.destruction import queries as of_accounts
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.agendas.agenda.models import Joiner, Owner
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.own import actions as agendas
from buurtdraad.agendas.own.queries import past
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.wishes.models import Giver
from buurtdraad.agendas.wishes.queries.past import givers_due
from buurtdraad.budgets.actions import closing as closing_rounds
from buurtdraad.budgets.models import BudgetRound, Like, Maker
from buurtdraad.budgets.own import actions as own_budgets
from buurtdraad.budgets.own import past as past_budgets
from buurtdraad.budgets.queries import closing as closed_rounds
from buurtdraad.fund.models import Application, Objection
from buurtdraad.fund.own import actions as own_fund
from buurtdraad.fund.own import past as past_fund
from buurtdraad.initiatives.models import Concern, HelpOffer, Member, Opinion
from buurtdraad.initiatives.own import actions as own_initiatives
from buurtdraad.initiatives.queries import past as past_plans
from buurtdraad.messages import actions as messages
from buurtdraad.messages import queries as of_messages
from buurtdraad.messages.models import Contact, Mail, Message, PhoneNumber
from buurtdraad.method.actions import runs as method
from buurtdraad.method.models import RunPerson
from buurtdraad.method.queries import runs as of_method
from buurtdraad.money.models import Payment
from buurtdraad.money.own import actions as money
from buurtdraad.money.own import queries as of_money
from buurtdraad.partners import actions as partners
from buurtdraad.partners.models import Confirmation, LocalContact, Representative, Signature
from buurtdraad.partners.queries import confirming
from buurtdraad.partners.queries import organisations as of_partners
from buurtdraad.partners.queries.contacts import contacts_due as faces_due
from buurtdraad.partners.queries.signatures import signatures_due
from buurtdraad.placements.actions import forget_enrolments, hosts, shifts
from buurtdraad.placements.models import Enrolment, Host, HostFeedback, Lesson, Placement, Thanks
from buurtdraad.placements.own.actions import after as after_placements
from buurtdraad.placements.own.queries import past as past_placements
from buurtdraad.placements.queries import hosts as of_hosts
from buurtdraad.placements.queries import shifts as of_shifts
from buurtdraad.placements.queries.training import enrolments_due
from buurtdraad.works.models import Work, WorkAsked
from buurtdraad.works.own import actions as own_works
from buurtdraad.works.own import past as past_works


@dataclass(frozen=True)
class Destroyable:
    """A kind of record: what people call it, its class in `lib.retention`, what is due on a day, and its end.

    What is due has `since`, the moment from which its time counts (`since_label` says which), or another field named so; `words` says
    in a few words which record it is, without anything of a person. `destroy(ids, on=)` looks again whether each is still
    due, and returns how many went.
    """

    kind: str
    label: str | Promise
    retention_class: str
    since_label: str | Promise
    words: Callable[[Any], str]
    due: Callable[[datetime.date], QuerySet]
    destroy: Callable[..., int]
    since: str = "since"


def report_in_words(made: Report) -> str:
    """Why it was reported, and where: never the words of who did."""
    place = made.place  # type: ignore[attr-defined]
    return f"{made.get_reason_display()} ({place})" if place else made.get_reason_display()


def person_in_words(person: Person) -> str:
    return gettext("An account") if person.last_login else gettext("An account that was never signed in to")


def mail_in_words(mail: Mail) -> str:
    return gettext("A mail about: %(subject)s") % {"subject": mail.get_kind_display()}


def message_in_words(message: Message) -> str:
    return gettext("A message about: %(subject)s") % {"subject": message.get_kind_display()}


def representative_in_words(made: Representative) -> str:
    return gettext("How to reach a contact of %(partner)s") % {"partner": made.partner}  # type: ignore[attr-defined]


def run_person_in_words(works: RunPerson) -> str:
    return gettext("Who worked on the working method in: %(area)s") % {"area": works.place}  # type: ignore[attr-defined]


def signature_in_words(signature: Signature) -> str:
    facts = {"partner": signature.organisation, "title": signature.version}
    return gettext("Who signed for %(partner)s: %(title)s") % facts


def face_in_words(made: LocalContact) -> str:
    return gettext("Who worked in a neighbourhood for %(partner)s") % {"partner": made.partner}  # type: ignore[attr-defined]


def enrolment_in_words(made: Enrolment) -> str:
    return gettext("Who took part in the training: %(title)s") % {"title": made.session.module}


def said_in_words(said: Confirmation) -> str:
    return gettext("Who said for a partner how it stands: %(title)s") % {"title": said.title}


def number_in_words(_number: PhoneNumber) -> str:
    return gettext("A phone number")


def giver_in_words(giver: Giver) -> str:
    return gettext("Who gave wish %(reference)s, and their own words") % {"reference": giver.wish.reference}


def sign_up_in_words(sign_up: SignUp) -> str:
    return gettext("Who signed up for the meeting: %(title)s") % {"title": sign_up.meeting.title}


def joiner_in_words(joiner: Joiner) -> str:
    return gettext("Who wanted to join in with: %(title)s") % {"title": joiner.agreement or joiner.topic}


def note_in_words(_note: SpokenNote) -> str:
    return gettext("A recording that nobody wrote down")


def owner_in_words(owner: Owner) -> str:
    return gettext("Who spoke for the owner of: %(title)s") % {"title": owner.agreement}


def comment_in_words(comment: Comment) -> str:
    return gettext("A reaction to wish %(reference)s, not on the site") % {"reference": comment.wish.reference}


def placement_in_words(_placement: Placement) -> str:
    return gettext("A placement of somebody who works for the municipality")


def host_in_words(host: Host) -> str:
    return gettext("How to reach a contact of %(partner)s") % {"partner": host.name}


def contact_in_words(_contact: Contact) -> str:
    return gettext("Somebody without an account")


def votes_in_words(round_: BudgetRound) -> str:
    return gettext("The votes of: %(name)s") % {"name": round_.name}


def lesson_in_words(lesson: Lesson) -> str:
    return gettext("Who wrote a lesson about: %(subject)s") % {"subject": lesson.get_theme_display()}


def thanks_in_words(_thanks: Thanks) -> str:
    return gettext("Words of thanks to a host")


def feedback_in_words(_feedback: HostFeedback) -> str:
    return gettext("What a host told after a shift")


def payment_in_words(_payment: Payment) -> str:
    return gettext("To whom a payment went")


def application_in_words(application: Application) -> str:
    return gettext("A request for money for: %(title)s") % {"title": application.initiative}


def objection_in_words(objection: Objection) -> str:
    return gettext("An objection about the request %(number)s") % {"number": objection.decision.application}


def plan_person_in_words(made: Member) -> str:
    return gettext("Who was part of the plan: %(title)s") % {"title": made.initiative}


def maker_in_words(maker: Maker) -> str:
    return gettext("Who made the plan: %(title)s") % {"title": maker.plan}


def like_in_words(like: Like) -> str:
    return gettext("Who likes the plan: %(title)s") % {"title": like.plan}


def offer_in_words(offer: HelpOffer) -> str:
    return gettext("Who wanted to help with the plan: %(title)s") % {"title": offer.initiative}


def opinion_in_words(opinion: Opinion) -> str:
    return gettext("Who said what they think of the plan: %(title)s") % {"title": opinion.initiative}


def concern_in_words(concern: Concern) -> str:
    return gettext("Who worried about the plan: %(title)s") % {"title": concern.initiative}


def work_in_words(work: Work) -> str:
    return gettext("Who led the project: %(title)s") % {"title": work}


def asked_in_words(_asked: WorkAsked) -> str:
    return gettext("A mail with the projects that somebody leads")


# In the order in which they go: who is left without anything goes after what they had.
DESTROYABLE = (
    Destroyable(
        "report", _("Reports on which we decided"), "report decided", _("Decided on"),
        report_in_words, of_accounts.reports_due, accounts.destroy_reports,
    ),
    Destroyable(
        "person", _("Accounts that nobody uses"), "account unused", _("Last used on"),
        person_in_words, of_accounts.persons_due, accounts.destroy_persons,
    ),
    Destroyable(
        "mail", _("Mails that were sent or given up"), "mail", _("Sent or given up on"),
        mail_in_words, of_messages.mails_due, messages.destroy_mails,
    ),
    Destroyable(
        "message", _("Messages that were told"), "message", _("Told on"),
        message_in_words, of_messages.messages_due, messages.destroy_messages,
    ),
    Destroyable(
        "phone", _("Phone numbers that nobody calls"), "phone number", _("Given on"),
        number_in_words, of_messages.numbers_due, messages.destroy_numbers,
    ),
    Destroyable(
        "giver", _("Who gave a wish that came to its end"), "wish words", _("Came to its end on"),
        giver_in_words, givers_due, agendas.forget_givers,
    ),
    Destroyable(
        "sign-up", _("Who signed up for a meeting that is over"), "sign-up", _("The meeting ended on"),
        sign_up_in_words, past.sign_ups_due, agendas.forget_sign_ups,
    ),
    Destroyable(
        "joiner", _("Who wanted to join in, and was answered"), "joiner", _("Answered on"),
        joiner_in_words, past.joiners_due, agendas.destroy_joiners, "answered_at",
    ),
    Destroyable(
        "note", _("Recordings that nobody wrote down"), "spoken note", _("Spoken on"),
        note_in_words, past.notes_due, agendas.destroy_notes,
    ),
    Destroyable(
        "owner", _("Who spoke for the owner of an agreement that came to its end"), "agreement owner", _("Came to its end on"),
        owner_in_words, past.owners_due, agendas.forget_owners,
    ),
    Destroyable(
        "comment", _("Reactions that are not on the site"), "comment not shown", _("Made on"),
        comment_in_words, past.comments_due, agendas.destroy_comments,
    ),
    Destroyable(
        "lesson-writer", _("Who wrote a lesson after a placement"), "lesson writer", _("Shared or told on"),
        lesson_in_words, past_placements.writers_due, after_placements.forget_writers,
    ),
    Destroyable(
        "thanks", _("Thanks to hosts"), "thanks", _("Mailed on"),
        thanks_in_words, past_placements.thanks_due, after_placements.destroy_thanks,
    ),
    Destroyable(
        "host-feedback", _("What hosts told after a shift"), "host feedback", _("Told on"),
        feedback_in_words, past_placements.feedback_due, after_placements.forget_feedback,
    ),
    Destroyable(
        "objection", _("Objections that were not right"), "objection", _("Decided on"),
        objection_in_words, past_fund.objections_due, own_fund.destroy_objections,
    ),
    Destroyable(
        "objection-money", _("Objections that brought another decision"), "objection about money", _("Decided on"),
        objection_in_words, past_fund.objections_about_money_due, own_fund.destroy_objections_about_money,
    ),
    Destroyable(
        "objection-not", _("Objections that we could not look at"), "objection inadmissible", _("Decided on"),
        objection_in_words, past_fund.objections_inadmissible_due, own_fund.destroy_objections_inadmissible,
    ),
    Destroyable(
        "granted", _("Money for plans, that was granted"), "subsidy granted", _("Came to its end on"),
        application_in_words, past_fund.granted_due, own_fund.destroy_granted,
    ),
    Destroyable(
        "refused", _("Requests for money that were refused"), "subsidy refused", _("Came to its end on"),
        application_in_words, past_fund.refused_due, own_fund.destroy_refused,
    ),
    Destroyable(
        "broken-off", _("Requests for money that were taken back or not sent"), "subsidy broken off", _("Came to its end on"),
        application_in_words, past_fund.broken_off_due, own_fund.destroy_broken_off,
    ),
    Destroyable(
        "plan-person", _("Who was part of a plan that came to its end"), "plan person", _("Came to its end on"),
        plan_person_in_words, past_plans.members_due, own_initiatives.forget_members,
    ),
    Destroyable(
        "budget-maker", _("Who made a plan for a neighbourhood budget that came to its end"), "plan person", _("Came to its end on"),
        maker_in_words, past_budgets.makers_due, own_budgets.forget_makers,
    ),
    Destroyable(
        "budget-like", _("Who liked a plan for a neighbourhood budget that came to its end"), "plan person", _("Came to its end on"),
        like_in_words, past_budgets.likes_due, own_budgets.forget_likes,
    ),
    Destroyable(
        "help-offer", _("Who wanted to help with a plan that came to its end"), "help offer", _("Came to its end on"),
        offer_in_words, past_plans.offers_due, own_initiatives.forget_offers,
    ),
    Destroyable(
        "opinion", _("Who said what they think of a plan that came to its end"), "opinion", _("Came to its end on"),
        opinion_in_words, past_plans.opinions_due, own_initiatives.forget_opinions,
    ),
    Destroyable(
        "concern", _("Who worried about a plan that came to its end"), "concern", _("Came to its end on"),
        concern_in_words, past_plans.concerns_due, own_initiatives.forget_concerns,
    ),
    Destroyable(
        "contact", _("People without an account, whom we have nothing to tell any more"), "contact unused", _("Last told on"),
        contact_in_words, of_messages.contacts_due, messages.destroy_contacts,
    ),
    Destroyable(
        "run-person", _("Who worked on a run of the working method that ended"), "run person", _("Ended on"),
        run_person_in_words, of_method.people_due, method.forget_people,
    ),
    Destroyable(
        "payee", _("To whom payments of long ago went"), "payee", _("Paid or dropped on"),
        payment_in_words, of_money.payees_due, money.forget_payees,
    ),
    Destroyable(
        "representative", _("Contacts of partners, who left"), "representative ended", _("Last day"),
        representative_in_words, of_partners.representatives_due, partners.destroy_representatives,
    ),
    Destroyable(
        "placement", _("Who took part in a shift"), "placement", _("The shift ended on"),
        placement_in_words, of_shifts.people_due, shifts.forget_people, "ended_at",
    ),
    Destroyable(
        "placement number", _("Placements without a name, that were counted long enough"), "event or training", _("The shift ended on"),
        placement_in_words, of_shifts.placements_due, shifts.destroy_placements, "ended_at",
    ),
    Destroyable(
        "host", _("Contacts of hosts that stopped"), "representative ended", _("Last day"),
        host_in_words, of_hosts.contacts_due, hosts.forget_contacts,
    ),
    Destroyable(
        "signature", _("Who signed an agreement between partners that is over"), "accord signature", _("Over since"),
        signature_in_words, signatures_due, partners.forget_signers,
    ),
    Destroyable(
        "face", _("Who worked in a neighbourhood, and left"), "local contact ended", _("Last day"),
        face_in_words, faces_due, partners.destroy_contacts,
    ),
    Destroyable(
        "training", _("Who took part in a training that is over"), "event or training", _("The training ended on"),
        enrolment_in_words, enrolments_due, forget_enrolments, "ended_at",
    ),
    Destroyable(
        "partner said", _("Who said for a partner how an agreement stands"), "partner said", _("Said on"),
        said_in_words, confirming.said_by_due, partners.forget_said_by,
    ),
    Destroyable(
        "votes", _("Votes and who voted, of neighbourhood budgets; the result stays"), "vote data", _("Final since"),
        votes_in_words, closed_rounds.votes_due, closing_rounds.destroy_votes,
    ),
    Destroyable(
        "work-owner", _("Who led a project that came to its end"), "work owner", _("Came to its end on"),
        work_in_words, past_works.owners_due, own_works.forget_owners,
    ),
    Destroyable(
        "work-asked", _("Who was asked whether their projects are right"), "work asked", _("Mailed on"),
        asked_in_words, past_works.asked_due, own_works.destroy_asked, "at",
    ),
)  # fmt: skip
BY_KIND = {each.kind: each for each in DESTROYABLE}


def due(on: datetime.date) -> dict[tuple[str, str], Collection[int]]:
    """Ids of all that is past its time on this day, by kind and retention class."""
    return {(each.kind, each.retention_class): list(each.due(on).values_list("pk", flat=True)) for each in DESTROYABLE}
