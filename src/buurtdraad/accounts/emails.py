"""Mails about a person's own account. The words come from here; sending is a job that is queued in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from buurtdraad.places.queries import city_name
from buurtdraad.ui.context import city


@dataclass(frozen=True)
class Letter:
    """A short mail: what it says, one button, and where wanted a code."""

    subject: str
    lines: Sequence[str]
    url: str = ""
    button: str = ""
    code: str = ""
    last_lines: Sequence[str] = ()


def send(to: str, letter: Letter) -> None:
    """Queue a mail to one address, as plain text and as HTML, in the language that is active now.

    The queue is in the same database: when the transaction is rolled back, nothing is sent.
    """
    facts = {"letter": letter, "city": city() | {"name": city_name()}}
    app.configure_task("messages.post").defer(
        to=to,
        subject=letter.subject,
        text=render_to_string("accounts/mail/letter.txt", facts),
        html=render_to_string("accounts/mail/letter.html", facts),
    )
