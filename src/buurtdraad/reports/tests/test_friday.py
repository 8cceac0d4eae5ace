"""The Friday mail to aldermen, and the jobs."""

# ruff: noqa: F811 (a fixture is named like what it is)

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.budgets.conftest import make_round  # noqa: F401
from buurtdraad.budgets.states import RoundStage
from buurtdraad.fund.conftest import make_pot  # noqa: F401
from buurtdraad.messages.models import Mail
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.reports import tasks
from buurtdraad.reports.actions.telling import tell_aldermen
from buurtdraad.reports.models import Prepared
from buurtdraad.reports.queries.coming import coming

pytestmark = pytest.mark.django_db
FRIDAY = datetime.datetime(2026, 11, 27, 6, 5, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
MONDAY = datetime.date(2026, 11, 30)


@pytest.fixture
def anouk(areas):
    """Alderman."""
    return member_of_staff("Anouk Smits", "anouk@utrecht.example", None, Duty.ALDERMAN)


def test_on_friday_an_alderman_reads_what_comes_the_week_after_once(anouk, noor, make_work):
    make_work("Riool in de Wilgenhof", from_on=MONDAY, until_on=MONDAY + datetime.timedelta(days=90))
    make_work("Later", from_on=MONDAY + datetime.timedelta(days=7), until_on=MONDAY + datetime.timedelta(days=90))
    make_work("Geheim", from_on=MONDAY, until_on=MONDAY, public=False)
    assert tell_aldermen(at=FRIDAY) == 1
    assert tell_aldermen(at=FRIDAY) == 0
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == ("anouk@utrecht.example", "Dit komt maandag op de site")
    assert "Begint: Riool in de Wilgenhof" in mail.text
    assert "Later" not in mail.text
    assert "Geheim" not in mail.text


def test_an_alderman_reads_what_the_rules_of_a_neighbourhood_budget_say_for_that_week(anouk, make_round):
    vote = datetime.datetime.combine(MONDAY + DAY, datetime.time(8), tzinfo=datetime.UTC)
    days = {"propose_from": MONDAY - 60 * DAY, "propose_until": MONDAY - 30 * DAY, "list_on": MONDAY - DAY}
    later = {"vote_until": vote + 14 * DAY, "paper_until": MONDAY + 16 * DAY, "result_on": MONDAY + 20 * DAY}
    make_round("Buurtbudget Geuzenwijk", stage=RoundStage.READY, vote_from=vote, **days, **later)
    make_round("Nog niet bekend", stage=RoundStage.PREPARING, vote_from=vote, **days, **later)
    make_round("Gaat niet door", stage=RoundStage.STOPPED, vote_from=vote, **days, **later)
    (one,) = coming(MONDAY)
    assert (one.day, one.place) == (MONDAY + DAY, "Geuzenwijk")
    assert one.url.startswith("/budgetten/geuzenwijk-")
    assert tell_aldermen(at=FRIDAY) == 1
    assert "Het stemmen begint: Buurtbudget Geuzenwijk" in Mail.objects.get().text
    assert [one.day for one in coming(MONDAY + 14 * DAY)] == [later["result_on"]]


def test_nothing_comes_no_mail(anouk):
    assert tell_aldermen(at=FRIDAY) == 0


def test_only_on_friday_at_seven_in_amsterdam(anouk, make_work, monkeypatch):
    make_work(from_on=MONDAY, until_on=MONDAY)
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY)
    for moment in (FRIDAY - datetime.timedelta(hours=1), FRIDAY + datetime.timedelta(days=1)):
        tasks.send_friday(int(moment.timestamp()))
    assert not Mail.objects.exists()
    tasks.send_friday(int(FRIDAY.timestamp()))
    assert Mail.objects.count() == 1


def test_the_job_and_the_command_make_the_overview(areas, capsys):
    from django.core.management import call_command

    tasks.prepare_coherence(0)
    assert Prepared.objects.count() == 3
    call_command("prepare_coherence")
