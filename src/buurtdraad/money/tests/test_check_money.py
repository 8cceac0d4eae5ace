import io
import logging

import pytest
from django.core.management import call_command

from buurtdraad.money.models import Pot
from buurtdraad.money.tasks import check_money

pytestmark = pytest.mark.django_db


def test_the_check_says_that_ledger_and_balances_are_the_same(pot, promise):
    promise(pot, 100)
    out = io.StringIO()
    call_command("check_money", stdout=out)
    assert "2 lines in the ledger" in out.getvalue()
    assert "are the same" in out.getvalue()


def test_the_check_fails_and_the_job_logs_when_they_are_not(pot, caplog):
    Pot.objects.filter(pk=pot.pk).update(amount=1)
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("check_money", stdout=io.StringIO(), stderr=err)
    assert f"DIFFERS  {pot.thing} amount: 1.00, the ledger says 20000.00" in err.getvalue()
    with caplog.at_level(logging.ERROR):
        check_money(0)
    assert pot.thing in caplog.text
