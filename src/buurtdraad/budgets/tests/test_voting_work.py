"""What waits at work before people vote: letters that nobody made."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from buurtdraad.budgets import keys
from buurtdraad.budgets.actions.closing import close
from buurtdraad.budgets.actions.counted import count
from buurtdraad.budgets.conftest import DAY
from buurtdraad.budgets.models import Counted
from buurtdraad.budgets.queries import closing
from buurtdraad.budgets.states import RoundStage
from buurtdraad.budgets.tests.votes import cast_all, over
from buurtdraad.pages.work_budget_counting import counts
from buurtdraad.pages.work_budget_voting import codes_to_make

pytestmark = pytest.mark.django_db


def test_a_second_count_that_the_worker_leaves_waits_for_who_starts_it(make_round, voting_keys, joris, kees, signed_in):
    round_ = make_round(**over())
    cast_all(round_, [(12, (1,))])
    keys.make_key(round_)
    close(round_, at=timezone.now())
    count(round_, at=timezone.now())
    today, work = timezone.localdate(), f"/werk/budgetten/{round_.slug}/"
    assert counts(joris, today) == []
    Counted.objects.update(counted_at=timezone.now() - 2 * closing.SOON)
    (item,) = counts(joris, today)
    assert (item.link, counts(kees, today)) == (work, [])
    page = signed_in(joris).get(work).text
    assert f"./run verify_round {round_.slug}" in page
    assert keys.key_of(round_)
    call_command("verify_round", round_.slug)
    assert counts(joris, today) == []
    assert "./run verify_round" not in signed_in(joris).get(work).text


def test_letters_wait_until_they_were_made(make_round, make_codes, joris, samira, kees):
    soon, today = timezone.now() + 20 * DAY, timezone.localdate()
    facts = {"stage": RoundStage.READY, "vote_from": soon, "vote_until": soon + 7 * DAY}
    made = make_round(**facts)
    make_round(channels=["email"], **facts)
    make_round(stage=RoundStage.READY, vote_from=soon + 60 * DAY, vote_until=soon + 70 * DAY)
    make_round(stage=RoundStage.CLOSED)
    (item,) = codes_to_make(joris, today)
    assert made.name in item.title
    assert item.days_left == 20
    assert codes_to_make(samira, today) == codes_to_make(kees, today) == []
    make_codes(made, 3)
    assert codes_to_make(joris, today) == []
