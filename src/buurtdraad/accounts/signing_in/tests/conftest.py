"""People who sign in: a resident, an area adviser, and what lands in their mail."""

import datetime
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from procrastinate.contrib.django.models import ProcrastinateJob

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import DutyHeld, Person


@pytest.fixture(autouse=True)
def city_with_a_name(settings):
    settings.CITY_NAME, settings.CITY_PHONE = "Utrecht", "14 030"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def emine(db):
    return Person.objects.create(name="Emine Aydin", email="emine@example.org", password="!")


@pytest.fixture
def joris(db):
    """An area adviser: staff."""
    person = Person.objects.create(name="Joris Bakker", email="joris@example.org", password="!")
    day = datetime.date(2026, 1, 1)
    DutyHeld.objects.create(person=person, duty=Duty.AREA_ADVISER, from_on=day, given_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    return person


class Post:
    """The mail that waits to be sent, and is sent when somebody looks."""

    def deliver(self):
        for job in self.jobs()[len(mail.outbox) :]:
            letter = EmailMultiAlternatives(job.args["subject"], job.args["text"], to=[job.args["to"]])
            letter.attach_alternative(job.args["html"], "text/html")
            mail.outbox.append(letter)
        return mail.outbox

    def waiting(self):
        return self.jobs().count()

    def jobs(self):
        return ProcrastinateJob.objects.filter(task_name="messages.post").order_by("id")

    @property
    def last(self):
        return self.deliver()[-1]

    @property
    def link(self):
        """The path of the link in the last mail."""
        return re.search(r"https?://[^/]+(/\S+)", self.last.body)[1]

    @property
    def code(self):
        return re.search(r"\b(\d{6})\b", self.last.body)[1]


@pytest.fixture
def post(db):
    return Post()


def sign_in_by_mail(client, post, email, **more):
    """Ask for a link, open it and press the button."""
    client.post("/inloggen/", {"email": email, **more})
    return client.post(post.link)
