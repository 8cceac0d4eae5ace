"""Closing a round: when, by whom, what is frozen and what is gone."""

import datetime
import secrets
import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.budgets.actions.closing import DoesNotAddUp, TooEarly, close, close_due, destroy_votes
from buurtdraad.budgets.actions.counted import count, verify
from buurtdraad.budgets.models import Aside, Ballot, BudgetRound, Claim, Counted, FrozenBallot, PaperEntry, Part, Register
from buurtdraad.budgets.queries import closing as queries
from buurtdraad.budgets.states import AsideReason, Channel, PaperStage, RoundStage
from buurtdraad.budgets.tests.votes import cast, cast_all, chosen, give_codes, over
from buurtdraad.lib.stages import WrongStage
from buurtdraad.running.cluster import APP

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def voted(make_round, *, ballots=((6, (1, 2)), (5, (3,)), (1, ())), **sheet):
    round_ = make_round(**over() | sheet)
    cast_all(round_, ballots)
    return round_


def typed(round_, *, by, stage=PaperStage.ONCE, second=None):
    return PaperEntry.objects.create(
        paper_id=secrets.token_bytes(32), round=round_, pile="A", stage=stage, first=chosen(1), first_by=by.uuid,
        second=chosen(2) if second else None, second_by=second.uuid if second else None,
    )  # fmt: skip


def test_closing_copies_every_ballot_and_empties_what_led_to_a_voter(make_round):
    round_ = voted(make_round)
    Claim.objects.create(claim_id=b"c" * 32, round=round_, reference="abc")
    before = {bytes(one.ballot_id) for one in Ballot.objects.all()}
    close(round_, at=timezone.now())
    assert round_.stage == RoundStage.CLOSED
    assert round_.closed_at
    frozen = list(FrozenBallot.objects.filter(part__round=round_))
    assert sorted((sorted(one.marks) for one in frozen), key=str) == sorted([["1", "2"]] * 6 + [["3"]] * 5 + [[]], key=str)
    assert not {one.id.bytes for one in frozen} & {key[:16] for key in before}
    assert not Ballot.objects.filter(round=round_).exists()
    assert not Claim.objects.filter(round=round_).exists()
    assert round_.register.count() == 12
    counted = Counted.objects.get(part__round=round_)
    assert (counted.ballots, counted.blank) == (12, 1)
    assert len(counted.receipts.splitlines()) == 12
    assert counted.receipts.splitlines() == sorted(counted.receipts.splitlines())
    event = Event.objects.get(verb="budget_round.closed")
    assert event.payload == {"ballots": 12, "parts": {"Buurtbudget Geuzenwijk": 12}}


def test_frozen_ballots_stand_in_another_order_than_they_were_cast(make_round):
    """Of 40 ballots in a row, the chance that the copy has the same order is one in 40 factorial."""
    round_ = make_round(costs=[str(100 + number) for number in range(40)], **over())
    for number in range(1, 41):
        cast(round_, chosen(number))
    close(round_, at=timezone.now())
    lying = FrozenBallot.objects.raw("SELECT * FROM budgets_frozenballot ORDER BY ctid")
    stored = [next(iter(one.marks)) for one in lying]
    assert stored != [str(number) for number in range(1, 41)]
    assert sorted(stored, key=int) == [str(number) for number in range(1, 41)]


def test_a_round_of_two_budgets_freezes_each_for_whom_it_was(make_round, areas):
    round_ = make_round(announced_at=None, **over())
    Part.objects.create(round=round_, name="De hele stad", area=areas["BU03440241"], amount=500, order=2)
    cast(round_, {"1": {"1": 1}, "2": {}})
    cast(round_, {"1": {"2": 1}})
    close(round_, at=timezone.now())
    assert [(one.ballots, one.blank) for one in Counted.objects.order_by("part__order")] == [(2, 0), (1, 1)]


def test_nobody_closes_while_people_can_vote(make_round, hamid):
    round_ = make_round()
    cast(round_, chosen(1))
    with pytest.raises(TooEarly):
        close(round_, at=timezone.now() + 30 * DAY, by=hamid)
    assert BudgetRound.objects.get().stage == RoundStage.VOTING


def test_the_clock_of_the_database_decides_and_not_that_of_a_process(make_round):
    """`at` is only what is written down: a worker whose clock runs ahead closes nothing."""
    round_ = make_round()
    assert close_due(at=timezone.now() + 100 * DAY) == 0
    round_.refresh_from_db()
    assert round_.stage == RoundStage.VOTING


def test_the_clock_waits_for_the_last_day_of_paper_and_a_person_need_not(make_round, hamid):
    round_ = make_round(**over(paper_days=2))
    cast(round_, chosen(1))
    assert close_due(at=timezone.now()) == 0
    assert close(round_, at=timezone.now(), by=hamid).stage == RoundStage.CLOSED


def test_a_round_without_paper_closes_at_the_moment(make_round):
    round_ = make_round(channels=[Channel.POST, Channel.EMAIL], **over(paper_days=2))
    cast(round_, chosen(1))
    assert close_due(at=timezone.now()) == 1


def test_paper_of_one_person_holds_up_closing_until_somebody_sets_it_aside(make_round, hamid, kees, joris):
    round_ = voted(make_round)
    typed(round_, by=kees)
    typed(round_, by=kees, second=joris, stage=PaperStage.DIFFERENT)
    assert close_due(at=timezone.now()) == 0
    with pytest.raises(TooEarly):
        close(round_, at=timezone.now(), by=hamid)
    close(round_, at=timezone.now(), by=hamid, open_aside=True)
    aside = Aside.objects.get(round=round_)
    assert (aside.reason, aside.number) == (AsideReason.UNCHECKED, 2)
    assert not PaperEntry.objects.exists()
    assert Counted.objects.get().turnout["asides"] == {"unchecked": 2}


def test_paper_is_not_set_aside_before_its_last_day(make_round, hamid, kees):
    round_ = voted(make_round, **over(paper_days=0))
    typed(round_, by=kees)
    with pytest.raises(TooEarly):
        close(round_, at=timezone.now(), by=hamid, open_aside=True)


def test_still_open_says_what_stands_in_the_way(make_round, kees):
    round_ = make_round()
    typed(round_, by=kees)
    found = queries.still_open(round_)
    assert (found.voting, found.paper_days, found.once, found.different, found.may_close) == (True, True, 1, 0, False)
    round_ = voted(make_round)
    typed(round_, by=kees)
    found = queries.still_open(round_)
    assert (found.voting, found.paper_days, found.may_close) == (False, False, True)


def test_a_ballot_too_many_stops_the_closing(make_round):
    round_ = voted(make_round)
    Ballot.objects.create(ballot_id=secrets.token_bytes(32), round=round_, marks=chosen(1))
    with pytest.raises(DoesNotAddUp):
        close(round_, at=timezone.now())
    assert Ballot.objects.count() == 13
    assert not FrozenBallot.objects.exists()


def test_a_round_closes_once(make_round):
    round_ = voted(make_round)
    close(round_, at=timezone.now())
    with pytest.raises(WrongStage):
        close(round_, at=timezone.now())
    assert Counted.objects.count() == 1


def test_a_round_without_a_voter_closes_too(make_round):
    round_ = make_round(**over())
    give_codes(round_, 20)
    close(round_, at=timezone.now())
    counted = Counted.objects.get()
    assert (counted.ballots, counted.receipts) == (0, "")


def test_a_plan_taken_back_while_people_voted_is_named_as_such(make_round):
    round_ = voted(make_round)
    round_.plans.filter(number=2).update(stage="withdrawn", why="Wij verhuizen.")
    close(round_, at=timezone.now())
    assert [(plan["number"], plan["withdrawn"]) for plan in Counted.objects.get().plans] == [(1, False), (2, True), (3, False)]


def test_the_channel_of_a_ballot_is_frozen_only_where_it_weighs(make_round):
    plain, weighed = make_round(**over()), make_round("Gewogen", rule={"version": 1, "weights": [["meeting", "2"]]}, **over())
    for round_ in (plain, weighed):
        cast(round_, chosen(1), channel=Channel.MEETING, weighed=True)
        close(round_, at=timezone.now())
    assert FrozenBallot.objects.get(part__round=plain).channel == ""
    assert FrozenBallot.objects.get(part__round=weighed).channel == Channel.MEETING


# --- what the database refuses -------------------------------------------------------------------


def test_no_ballot_comes_in_after_closing(make_round):
    round_ = voted(make_round)
    close(round_, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(ballot_id=secrets.token_bytes(32), round=round_, marks=chosen(1))


def test_frozen_ballots_are_not_changed_or_added_or_taken_away(make_round):
    round_ = voted(make_round)
    close(round_, at=timezone.now())
    part = round_.parts.get()
    for deed in (
        lambda: FrozenBallot.objects.update(marks={}),
        lambda: FrozenBallot.objects.create(part=part, marks={"1": 1}),
        lambda: FrozenBallot.objects.all().delete(),
        lambda: Counted.objects.update(ballots_hash="0" * 64),
        lambda: Counted.objects.update(receipts=""),
        lambda: Counted.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            deed()
    assert FrozenBallot.objects.count() == 12


def test_a_count_says_when_it_was_made_and_has_a_result(make_round):
    round_ = voted(make_round)
    close(round_, at=timezone.now())
    wrong = ({"counted_at": timezone.now()}, {"result": {}}, {"verified_at": timezone.now()})
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Counted.objects.update(**facts)


def test_no_more_ballots_are_blank_than_there_are(make_round):
    facts = dict.fromkeys(("ballots_hash", "plans_hash", "rule_hash", "whole_hash"), "0" * 64)
    part = make_round().parts.get()
    with pytest.raises(IntegrityError, match="blank_within_ballots"), transaction.atomic():
        Counted.objects.create(part=part, rule={}, plans=[], budget=1, ballots=1, blank=2, **facts)


# --- past their time -----------------------------------------------------------------------------


def test_votes_are_destroyed_three_months_after_the_result_is_final_and_the_count_stays(make_round):
    round_ = voted(make_round)
    close(round_, at=timezone.now())
    before = Counted.objects.values().get()
    today = timezone.localdate()
    assert destroy_votes([round_.pk], on=today) == 0
    BudgetRound.objects.filter(pk=round_.pk).update(final_on=today - 120 * DAY)
    due = queries.votes_due(today).get()
    assert timezone.localtime(due.since).date() == today - 120 * DAY
    assert destroy_votes([round_.pk], on=today) == 1
    assert not FrozenBallot.objects.exists()
    assert not Register.objects.exists()
    assert Counted.objects.values().get() == before
    assert not queries.votes_due(today).exists()


# --- together ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_ballots_cast_while_the_round_closes_are_counted_or_refused_and_never_lost(make_round):
    """Twenty voters and four who close, all at once: every ballot that was taken is frozen."""
    round_ = make_round(**over())
    taken, closed = [], []

    def vote():
        try:
            with transaction.atomic():
                cast(round_, chosen(1))
            taken.append(1)
        except IntegrityError:
            pass
        finally:
            connections.close_all()

    def shut():
        try:
            closed.append(close(BudgetRound.objects.get(), at=timezone.now()))
        except WrongStage:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=shut if number % 6 == 3 else vote) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(closed) == 1
    assert FrozenBallot.objects.count() == len(taken) == Counted.objects.get().ballots
    assert not Ballot.objects.exists()


def test_the_web_role_can_close_count_and_check(make_round, settings, tmp_path):
    settings.VOTING_KEYS = tmp_path
    round_ = voted(make_round)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        close(round_, at=timezone.now())
        count(round_, at=timezone.now())
        assert verify(round_, at=timezone.now())
