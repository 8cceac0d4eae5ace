"""What is asked or told before a decision, also as a letter: for who did not choose e-mail, or has no address that they confirmed."""

import datetime

from django.utils.translation import override

from buurtdraad.fund.actions.telling import Words
from buurtdraad.fund.models import Application, Letter
from buurtdraad.fund.queries.letters import plain
from buurtdraad.fund.states import SentBy
from buurtdraad.messages.actions.telling import mail_address


def write_too(application: Application, about: Letter.About, words: Words, *, at: datetime.datetime) -> Letter | None:
    """The words of the message as a letter that somebody prints and sends; None for who reads them by e-mail."""
    if application.send_by == SentBy.EMAIL and application.contact and mail_address(application.contact):
        return None
    return Letter.objects.create(application=application, about=about, facts=facts_of(application, about, words), made_at=at)


def facts_of(application: Application, about: Letter.About, words: Words) -> dict:
    """What stands in such a letter."""
    with override("nl"):
        title, lines = words()
        return plain(application, title, lines, may_answer=about != Letter.About.EXTENSION)
