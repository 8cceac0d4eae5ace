"""Somebody likes a plan, where the rules sheet asks that before it is looked at: at once when signed in, else after a mail."""

import datetime

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.signing_in.actions.links import make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.budgets.actions.plan_record import NotNow, hold_plan, hold_round, tell_makers, write_down
from buurtdraad.budgets.actions.proposing import CONFIRM_WITHIN, EMAIL, LANGUAGE, MOST_LINKS, of_link
from buurtdraad.budgets.models import BudgetPlan, Like
from buurtdraad.budgets.states import ANSWERING, TO_CHECK
from buurtdraad.lib.limits import HOUR, limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.models import Contact
from buurtdraad.places.queries import city_name


class OwnLike(Refused):
    """Who made a plan does not count among those who like it."""


@transaction.atomic
def like(plan: BudgetPlan, *, contact: Contact, at: datetime.datetime) -> bool:
    """This person likes it, once. Whether that was new. With the last one that was needed its makers hear so.

    Raises `NotNow` where it is not asked (any more), and `OwnLike`.
    """
    refusal = _("You cannot say that you like this plan now.")
    held_round = hold_round(plan.round, ANSWERING, refusal)
    held = hold_plan(plan)
    if not held_round.sheet.likes_needed or not held.shown or held.stage not in TO_CHECK:
        raise NotNow(refusal)
    if held.makers.filter(contact=contact).exists():
        raise OwnLike(_("This is your own plan. Ask your neighbours whether they like it."))
    _row, new = Like.objects.get_or_create(plan=held, contact=contact, defaults={"at": at})
    if new:
        write_down("budget_plan.liked", held, by=contact.person, at=at)
        if held.likes.count() == held_round.sheet.likes_needed:
            subject = format_lazy(gettext_lazy("Enough people like your plan: {plan}"), plan=held.title)
            tell_makers(held, subject, gettext_lazy("We look now whether it can be done. You hear from us."), by=None, at=at)
    return new


@transaction.atomic
def take_like_back(plan: BudgetPlan, *, contact: Contact, at: datetime.datetime) -> None:
    """They do not like it after all. A second time changes nothing. Raises `NotNow` once that counts no more."""
    hold_round(plan.round, ANSWERING, _("You cannot say that you like this plan now."))
    if Like.objects.filter(plan=plan, contact=contact).delete()[0]:
        write_down("budget_plan.like_taken_back", plan, by=contact.person, at=at)


def mail_to_like(request: HttpRequest, plan: BudgetPlan, email: str, *, at: datetime.datetime) -> None:
    """Mail a link with which a visitor says that they like it. Raises `TooOften`."""
    email = email.lower()
    limited("budget plan to like", email, most=MOST_LINKS, within=HOUR)
    with transaction.atomic():
        facts = {EMAIL: email, LANGUAGE: get_language() or "nl"}
        fresh = make_link(Purpose.LIKE_PLAN, plan.thing, valid_for=CONFIRM_WITHIN, at=at, facts=facts)
        letter = emails.Letter(
            subject=_("Do you like this plan? (%(plan)s)") % {"plan": plan.title},
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                _("They like the plan: %(plan)s.") % {"plan": plan.title},
                _("Is it yours? Open the link, and then press the button. Only then it counts."),
            ],
            url=request.build_absolute_uri(reverse("budgets:confirm_like", args=[fresh.token])),
            button=_("Yes, I like this plan"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)


def asked_to_like(token: str, *, at: datetime.datetime) -> BudgetPlan:
    """What a link of `mail_to_like` is about, for its page. Changes nothing. Raises `BadLink`."""
    return of_link(open_link(Purpose.LIKE_PLAN, token, at=at))


@transaction.atomic
def confirm_like(token: str, *, at: datetime.datetime) -> BudgetPlan:
    """Yes, to the link of `mail_to_like`. Raises `BadLink` and what `like` raises."""
    link = use_link(Purpose.LIKE_PLAN, token, at=at)
    plan = of_link(link)
    like(plan, contact=contact_of(link.facts[EMAIL], link.facts.get(LANGUAGE, "nl"), at=at), at=at)
    return plan
