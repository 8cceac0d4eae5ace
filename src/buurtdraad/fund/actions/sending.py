"""Sending a letter that is not of the decision: what was asked on paper, a final amount, money taken back, or an objection."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.fund.actions import paper, questions
from buurtdraad.fund.actions.letters import CannotSend, must_have_mail
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.settling import carry_out
from buurtdraad.fund.actions.telling import tell_applicant
from buurtdraad.fund.models import Letter, Settlement
from buurtdraad.fund.queries.letters_after import dated
from buurtdraad.fund.states import SentBy
from buurtdraad.lib.stages import wrong_stage

SENT_HERE = (*Letter.BEFORE, *Letter.AFTER)


@transaction.atomic
def send(letter: Letter, *, sent_by: SentBy | str, on: datetime.date, by: Person, at: datetime.datetime) -> None:
    """The letter went out on a day, in a way that the person chose. A final amount counts from then.

    Raises `CannotSend`, and `WrongStage` the second time.
    """
    held = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("application__initiative__area", "application__contact__person")
        .get(pk=letter.pk)
    )
    application = held.application
    if held.sent_on or held.about not in SENT_HERE:
        raise wrong_stage(f"{held} is not sent here, or was sent")
    if not timezone.localdate(held.made_at) <= on <= timezone.localdate(at):
        raise CannotSend(_("Choose a day between the day of the decision and today."))
    if sent_by == SentBy.EMAIL:
        must_have_mail(application)
    if held.about == Letter.About.QUESTION and (question := questions.went_out(application, on=on)):
        held.facts = paper.facts_of(application, Letter.About.QUESTION, lambda: questions.asking(question))
    Letter.objects.filter(pk=held.pk).update(facts=dated(application, held.facts, on), sent_by=sent_by, sent_on=on, noted_by=by.uuid)
    if settlement := Settlement.objects.filter(letter=held).select_related("application").first():
        carry_out(settlement, on=on, by=by, at=at)
    letter.refresh_from_db()
    write_down("letter.sent", application, by=by, at=at, payload={"about": held.about, "sent_by": str(sent_by)})
    if held.about in Letter.BEFORE:
        return  # they were told when it was asked
    objection = getattr(held, "objection", None)
    if objection is None or not objection.by_other:
        tell_applicant(application, lambda: news_of(held.facts["title"]), link=f"/fonds/aanvragen/{application.uuid}/", by=by, at=at)


def news_of(title: str) -> tuple[str, list[str]]:
    return _("There is a letter about your plan"), [
        title,
        _("Open the link. There you read our letter, with the reasons."),
        _("Do you not agree? In the letter you read what you can do, and until when."),
    ]
