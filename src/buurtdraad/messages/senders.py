"""Ways to get a mail out of the house: SMTP, or in the demo nowhere.

A city that sends by NotifyNL adds a class with the same one method here, and `sender()` picks it by a setting.
"""

import smtplib
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from buurtdraad.messages.models import Mail

REFUSED_FOR_GOOD = 500


class NotNow(Exception):  # noqa: N818
    """It did not leave; a later attempt may succeed. The message says why, for the log."""


class NeverDelivered(Exception):  # noqa: N818
    """The other side refused it for good, for example because the address does not exist."""


class Sender(Protocol):
    """What a way to send must do."""

    def send(self, mail: Mail) -> None:
        """Hand over one mail. Raises `NotNow` or `NeverDelivered`; whoever sends the same mail twice gives the same `uuid`."""


class Smtp:
    """By the mail server of MAIL_URL."""

    def send(self, mail: Mail) -> None:
        try:
            as_email(mail).send(using="default")
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise (NeverDelivered if code >= REFUSED_FOR_GOOD else NotNow)(f"{code} {said!r}") from None
        except smtplib.SMTPDataError as refused:
            raise (NeverDelivered if refused.smtp_code >= REFUSED_FOR_GOOD else NotNow)(str(refused)) from None
        except (OSError, smtplib.SMTPException) as problem:
            raise NotNow(f"{type(problem).__name__}: {problem}") from None


class Outbox:
    """The demo: the mail stays where it is, and `/demo/post/` shows it."""

    def send(self, mail: Mail) -> None:
        """Nothing leaves."""


class Nobody:
    """A city that has not said how: mails wait, and fail in the end."""

    def send(self, mail: Mail) -> None:
        raise NotNow("MAIL_URL is not set")


def sender() -> Sender:
    """The way that the settings ask for."""
    if "default" in settings.MAILERS:
        return Smtp()
    return Outbox() if settings.DEMO else Nobody()


def as_email(mail: Mail) -> EmailMultiAlternatives:
    """The mail with its headers; the same mail has the same Message-ID however often it is sent."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {"Message-ID": f"<{mail.uuid}@{domain}>", "Auto-Submitted": "auto-generated"}
    if mail.stop_url:
        # One click stops it, in the mail program itself (RFC 8058).
        headers |= {"List-Unsubscribe": f"<{mail.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    email = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    if mail.html:
        email.attach_alternative(mail.html, "text/html")
    return email
