"""Putting a mail on its way, inside the transaction that needs it, and handing it over later."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from procrastinate.contrib.django import app

from buurtdraad.accounts.duties import Duty
from buurtdraad.audit.actions import record
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.emails import Letter, inlined, letter
from buurtdraad.messages.models import Contact, Mail, Message
from buurtdraad.messages.rules import MOST_ATTEMPTS, one_line
from buurtdraad.messages.senders import NeverDelivered, NotNow, Outbox, sender
from buurtdraad.messages.states import Stage

SEND = "messages.send"


class NoAddress(Refused):
    """No mail can go to this."""


@transaction.atomic
def send_mail(
    to: str, *, kind: str, subject: str, text: str, html: str = "", language: str = "nl", once: str | None = None, at: datetime.datetime
) -> Mail | None:
    """Put one mail on its way at once, whatever anybody chose: for signing in and for what the city must tell.

    `text` holds paragraphs parted by an empty line. Without `html` the mail gets the house's own from the text.
    The job that sends it is part of the transaction: rolled back, nothing leaves. None when a mail with the same `once`
    was made before. Raises `NoAddress`. A room below this one defers the job `messages.post` instead.
    """
    written = Letter(one_line(subject), text, inlined(html)) if html else letter(subject, paragraphs(text), language=language)
    return post(to, written, kind=kind, once=once, at=at)


def paragraphs(text: str) -> list[str]:
    """A text cut at its empty lines."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@transaction.atomic
def post(
    to: str,
    written: Letter,
    *,
    kind: str,
    at: datetime.datetime,
    stop_url: str = "",
    contact: Contact | None = None,
    messages: Sequence[Message] = (),
    once: str | None = None,
) -> Mail | None:
    """Keep a mail and defer the job that sends it; `messages` are told by it. With `once`, None when that one was made before."""
    try:
        validate_email(to)
    except ValidationError:
        raise NoAddress(f"{one_line(to)[:80]} is no e-mail address") from None
    facts = {
        "to": to,
        "kind": kind,
        "subject": written.subject,
        "text": written.text,
        "html": written.html,
        "stop_url": stop_url,
        "contact": contact,
        "made_at": at,
    }
    if once is None:
        mail = Mail.objects.create(**facts)
    else:
        mail, is_new = Mail.objects.get_or_create(once=once, defaults=facts)
        if not is_new:
            return None
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(mail=mail)
    app.configure_task(SEND).defer(mail=mail.pk)
    return mail


@transaction.atomic
def deliver(mail_id: int, *, at: datetime.datetime) -> Mail | None:
    """Hand a waiting mail to the sender. It comes back sent, failed, or still waiting when a later attempt may do; None when it is gone.

    The row is held meanwhile, so two workers never send the same mail twice.
    """
    mail = Mail.objects.select_for_update().filter(pk=mail_id, stage=Stage.WAITING).first()
    if mail is None:
        return None
    mail.attempts += 1
    try:
        sender().send(mail)
    except NotNow as problem:
        mail.problem = one_line(str(problem))
        if mail.attempts >= MOST_ATTEMPTS:
            end(mail, Stage.FAILED, at)
    except NeverDelivered as problem:
        mail.problem = one_line(str(problem))
        end(mail, Stage.FAILED, at)
    else:
        mail.problem = ""
        end(mail, Stage.SENT, at)
    mail.save()
    return mail


@transaction.atomic
def hand_over_unkept(to: str, written: Letter, *, kind: str, at: datetime.datetime) -> None:
    """Hand over a mail that is kept nowhere, at once. Only the demo keeps it: nothing leaves there, and its outbox shows what would.

    Raises `NotNow` or `NeverDelivered`.
    """
    mail = Mail(to=to, kind=kind, subject=written.subject, text=written.text, html=written.html, made_at=at)
    way = sender()
    way.send(mail)
    if isinstance(way, Outbox):
        mail.stage, mail.ended_at = Stage.SENT, at
        mail.save()


@transaction.atomic
def deal_with(uuid: UUID, *, by: UUID, at: datetime.datetime) -> None:
    """Somebody saw to a mail that could not be delivered: it goes, the record keeps that. A second time changes nothing."""
    gone, _kinds = Mail.objects.filter(uuid=uuid, stage=Stage.FAILED).delete()
    if gone:
        record("mail.dealt_with", room="messages", thing=f"mail:{uuid}", by=by, at=at, duty=Duty.ADMINISTRATOR.value)


def end(mail: Mail, stage: Stage, at: datetime.datetime) -> None:
    """The mail has left or never will; so have the messages in it. Its text goes, except in the demo, whose outbox shows it."""
    mail.stage, mail.ended_at = stage, at
    if not settings.DEMO:
        mail.text = mail.html = ""
    mail.messages.filter(stage=Stage.WAITING).update(stage=stage, ended_at=at)
