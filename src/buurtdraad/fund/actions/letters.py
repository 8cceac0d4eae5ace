"""The letter of a decision: written when it is taken, sent by the channel that the person chose. From that day the decision counts.

Before it was made known a decision is not in force (Awb 3:40), no objection can come, and nothing is paid.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions.paying import owe_grant
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.telling import tell_applicant
from buurtdraad.fund.models import Application, Decision, Letter
from buurtdraad.fund.queries import letters as queries
from buurtdraad.fund.rules import objection_until
from buurtdraad.fund.states import YES, SentBy
from buurtdraad.initiatives.actions import evidence, plans
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage
from buurtdraad.messages.actions.telling import mail_address
from buurtdraad.money.actions.committing import tell
from buurtdraad.places import queries as places


class CannotSend(Refused):
    """The letter cannot go out in this way, or not on this day."""


def write(decision: Decision, *, at: datetime.datetime) -> Letter:
    """Keep the letter of a decision that was just taken. It can be read before it goes out."""
    return Letter.objects.create(
        application=decision.application, decision=decision, about=Letter.About.DECISION, facts=queries.facts_of(decision), made_at=at
    )


@transaction.atomic
def make_known(decision: Decision, *, sent_by: SentBy | str, on: datetime.date, by: Person, at: datetime.datetime) -> None:
    """The letter went out on day `on`: the decision counts from then, objections can come, and what was granted is owed.

    By e-mail only to who chose that and confirmed their address. Once. Raises `CannotSend`, and `WrongStage` the second time.
    """
    related = ("application__initiative__area", "application__rules__scheme", "application__contact__person", "commitment__pot")
    held = Decision.objects.select_for_update(of=("self",)).select_related(*related).get(pk=decision.pk)
    if held.known_on is not None:
        raise wrong_stage(f"{held} was made known")
    if not timezone.localdate(held.taken_at) <= on <= timezone.localdate(at):
        raise CannotSend(_("Choose a day between the day of the decision and today."))
    application = held.application
    if sent_by == SentBy.EMAIL:
        must_have_mail(application)
    Decision.objects.filter(pk=held.pk).update(known_on=on)
    held.known_on = on
    facts = queries.facts_of(held, on=on)
    Letter.objects.filter(decision=held).update(facts=facts, sent_by=sent_by, sent_on=on, noted_by=by.uuid)
    granted = held.outcome in YES
    go_on(application, PlanStage.DOING if granted else PlanStage.PLAN, by=by, at=at)
    if granted:
        assert held.commitment, "a grant has its money"
        tell(held.commitment, on=on, by=by, at=at)
        owe_grant(held, by=by, at=at)
    evidence.keep_until(application.initiative, objection_until(on), by=by, at=at)
    decision.refresh_from_db()
    link = f"/fonds/aanvragen/{application.uuid}/"
    tell_applicant(application, lambda: news_of(held, sent_by), link=link, by=by, at=at)
    touches = tuple(places.touched_by([application.initiative.area.code]))
    write_down(
        "decision.made_known", application, by=by, at=at, touches=touches, payload={"decision": str(held.uuid), "sent_by": str(sent_by)}
    )


def must_have_mail(application: Application) -> None:
    if application.send_by != SentBy.EMAIL:
        raise CannotSend(_("This person did not choose e-mail. Send the letter by post, or hand it over."))
    if application.contact is None or not mail_address(application.contact):
        raise CannotSend(_("There is no e-mail address that this person confirmed. Send the letter by post, or hand it over."))


def go_on(application: Application, stage: PlanStage, *, by: Person, at: datetime.datetime) -> None:
    """The plan waited for the decision; now it can go on, or it is a plan again."""
    if application.initiative.stage == PlanStage.DECISION:
        plans.move_to(application.initiative, stage, by=by, at=at)


def news_of(decision: Decision, sent_by: str) -> tuple[str, list[str]]:
    """What a message says of it; the letter is behind the link."""
    lines = [queries.outcome_of(decision)]
    if sent_by == SentBy.EMAIL:
        lines.append(_("Open the link. There you read our letter, with the reasons."))
    else:
        lines.append(_("You get our letter, with the reasons."))
    lines.append(_("Do you not agree? In the letter you read how you can object, and until when."))
    return _("There is a decision about your plan"), lines
