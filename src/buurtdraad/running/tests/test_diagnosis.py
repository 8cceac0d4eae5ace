"""What `doctor` says about mail."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.messages.models import Mail
from buurtdraad.messages.states import Kind, Stage
from buurtdraad.running.diagnosis import FINE, NOTE, WRONG, post

pytestmark = pytest.mark.django_db


def mail(stage, hours):
    at = timezone.now() - datetime.timedelta(hours=hours)
    Mail.objects.create(to="kees@example.nl", kind=Kind.WISH, subject="x", stage=stage, made_at=at, ended_at=at)


def verdicts():
    return [finding.verdict for finding in post()]


def test_mail_that_leaves_soon_is_fine():
    assert verdicts() == [FINE]
    mail(Stage.WAITING, 0.5)
    mail(Stage.SENT, 9)
    assert verdicts() == [FINE]


@pytest.mark.parametrize(("embedded", "verdict"), [(True, NOTE), (False, WRONG)])
def test_mail_that_waits_for_hours_is_said(settings, embedded, verdict):
    settings.EMBEDDED_DATABASE = embedded
    mail(Stage.WAITING, 2)
    assert verdicts() == [verdict]


def test_mail_that_did_not_arrive_is_said_with_where_to_see_it():
    mail(Stage.FAILED, 2)
    assert verdicts() == [FINE, NOTE]
    assert "/werk/post/" in list(post())[1].said
