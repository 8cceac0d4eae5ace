"""The lists with signatures stay as long as somebody can object, and go to court after that."""

# ruff: noqa: F811 (a fixture is named like what it is)
import uuid

import pytest
from django.utils import timezone

from buurtdraad.fund.actions import objecting
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.rules import objection_until
from buurtdraad.fund.states import SentBy
from buurtdraad.fund.tests.decisions import in_english, linda  # noqa: F401
from buurtdraad.fund.tests.granted import big_pot, decide_on  # noqa: F401
from buurtdraad.initiatives.models import Evidence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_list_stays_until_nobody_can_object_any_more(decide_on, priya):
    decision, today, now = decide_on(), timezone.localdate(), timezone.now()
    plan = decision.application.initiative
    given = Evidence.objects.create(
        initiative=plan, key=uuid.uuid4().hex, given_at=now, name="lijst.pdf", kind="pdf", bytes=1, evidence_kind="sheet"
    )
    make_known(decision, sent_by=SentBy.POST, on=today, by=priya, at=now)
    given.refresh_from_db()
    assert given.keep_until == objection_until(today)
    decision.refresh_from_db()
    made = objecting.receive(decision, words="Ik ben het niet eens.", received_on=today, by=priya, at=now)
    given.refresh_from_db()
    assert given.keep_until == objection_until(made.decide_by)
