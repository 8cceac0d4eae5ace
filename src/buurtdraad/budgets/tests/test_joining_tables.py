"""Who has the database without a code tries to find out who voted what."""

import secrets
import threading

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from buurtdraad.budgets import keys, secrecy
from buurtdraad.budgets.actions.casting import cast
from buurtdraad.budgets.actions.shuffling import shuffle
from buurtdraad.budgets.models import Ballot, Register
from buurtdraad.budgets.states import RoundStage
from buurtdraad.running.cluster import APP
from buurtdraad.running.roles import grant_app

TABLES = ("budgets_register", "budgets_ballot", "budgets_claim", "budgets_paperentry", "budgets_castday")
VOTERS = 40
PLANS = ("1", "2", "3")


@pytest.fixture
def voted(db, make_round, make_codes):
    """A round in which forty people voted, one after the other, and the code of each."""
    made = make_round()
    codes = make_codes(made, VOTERS)
    for number, code in enumerate(codes):
        with transaction.atomic():
            cast(made, code, {"1": {PLANS[number % 3]: 1}}, at=timezone.now())
    return made, codes


@pytest.fixture
def as_the_web_role(db):
    """Runs SQL as web processes do, with the rights that `migrate` hands out."""
    grant_app(connection)

    def run(sql, *values):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {APP}")
            cursor.execute(sql, values)
            found = cursor.fetchall() if cursor.description else cursor.rowcount
            cursor.execute("RESET ROLE")
        return found

    return run


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "question",
    [
        "SELECT xmin FROM {0}", "SELECT ctid FROM {0}", "SELECT cmin, cmax, xmax FROM {0}", "SELECT tableoid FROM {0}",
        "SELECT count(*) FROM {0} ORDER BY max(xmin::text)", "SELECT 1 FROM {0} WHERE ctid = '(0,1)'", "SELECT age(xmin) FROM {0}",
        "UPDATE {0} SET round_id = round_id RETURNING xmin", "DELETE FROM {0} RETURNING ctid", "SELECT t.xmin FROM {0} t LIMIT 1",
    ],
)  # fmt: skip
def test_the_web_role_reads_no_hidden_column(as_the_web_role, table, question):
    with pytest.raises(ProgrammingError, match="permission denied"):
        as_the_web_role(question.format(table))


def test_what_one_transaction_wrote_cannot_be_found_by_the_web_role(voted, as_the_web_role):
    """The owner of the database could: that is why the rights are cut, and why the docs say so aloud."""
    joined = "SELECT count(*) FROM budgets_register r JOIN budgets_ballot b ON r.xmin = b.xmin"
    with connection.cursor() as cursor:
        cursor.execute(joined)
        assert cursor.fetchone()[0] >= VOTERS
    with pytest.raises(ProgrammingError, match="permission denied"):
        as_the_web_role(joined)


def test_the_web_role_does_its_work_with_these_rights(voted, as_the_web_role):
    assert as_the_web_role("SELECT * FROM budgets_ballot LIMIT 1")
    assert as_the_web_role("SELECT count(*) FROM budgets_register WHERE used")[0][0] == VOTERS
    assert as_the_web_role("UPDATE budgets_register SET age_band = '' WHERE used") == VOTERS
    assert as_the_web_role("SELECT 1 FROM budgets_register LIMIT 1 FOR UPDATE")


def test_no_column_of_one_table_has_a_value_of_the_other(voted):
    made, _codes = voted
    registered, ballots = set(), set()
    for row in Register.objects.filter(round=made):
        registered |= {bytes(row.register_id), bytes(row.receipt), row.reference}
    for row in Ballot.objects.filter(round=made):
        ballots |= {bytes(row.ballot_id)}
    assert len(registered) == 3 * VOTERS
    assert not registered & ballots
    names = {field.name for field in Ballot._meta.fields}
    assert names == {"ballot_id", "round", "marks", "channel", "area"}
    assert not {"at", "made_at", "id", "batch"} & names


def test_no_sequence_or_time_stands_beside_a_ballot(voted):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name IN ('budgets_register', 'budgets_ballot') AND (column_default IS NOT NULL OR is_identity = 'YES'"
            " OR data_type LIKE 'timestamp%%' OR data_type = 'date')"
        )
        assert cursor.fetchall() == []


def test_after_mixing_the_order_of_rows_tells_nothing(voted, as_the_web_role):
    made, codes = voted
    key = keys.key_of(made)
    cast_in = [secrecy.ids_of(key, code).ballot_id for code in codes]
    lying = "SELECT ballot_id FROM budgets_ballot"
    before = set(Ballot.objects.values_list("ballot_id", "marks__1"))
    assert shuffle() == VOTERS
    after = [bytes(row[0]) for row in as_the_web_role(lying)]
    assert sorted(after) == sorted(cast_in)
    assert after != cast_in
    assert sum(here == there for here, there in zip(after, cast_in, strict=True)) < VOTERS / 3
    assert {(bytes(one), str(marks)) for one, marks in Ballot.objects.values_list("ballot_id", "marks__1")} == {
        (bytes(one), str(marks)) for one, marks in before
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM budgets_ballot")
        assert cursor.fetchone()[0] == 1


def test_the_web_role_may_mix_and_a_closed_round_is_left_alone(voted, as_the_web_role):
    made, _codes = voted
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
        assert shuffle() == VOTERS
        cursor.execute("RESET ROLE")
    type(made).objects.filter(pk=made.pk).update(stage=RoundStage.STOPPED, why="Te weinig plannen.")
    assert shuffle() == 0


def test_without_the_key_every_guess_at_a_join_fails(voted):
    """All that one can compute from the tables and a code of somebody else, with any key but the right one."""
    made, codes = voted
    ballots = set(map(bytes, Ballot.objects.values_list("ballot_id", flat=True)))
    for code in codes:
        for key in (b"", bytes(32), made.uuid.bytes, secrets.token_bytes(32)):
            assert secrecy.ids_of(key, code).ballot_id not in ballots
    right = keys.key_of(made)
    assert all(secrecy.ids_of(right, code).ballot_id in ballots for code in codes)
    assert not any(secrecy.ids_of(right, secrecy.new_code()).ballot_id in ballots for _each in range(1000))


@pytest.mark.django_db(transaction=True)
def test_no_vote_is_lost_while_ballots_are_mixed(make_round, make_codes):
    made = make_round()
    codes = make_codes(made, 30)
    stop, problems = threading.Event(), []

    def mix():
        try:
            while not stop.is_set():
                shuffle()
        finally:
            connection.close()

    def vote(mine):
        try:
            for turn in range(6):
                for code in mine:
                    cast(made, code, {"1": {PLANS[turn % 3]: 1}}, at=timezone.now())
        except DatabaseError as problem:
            problems.append(problem)
        finally:
            connection.close()

    mixing = threading.Thread(target=mix)
    voters = [threading.Thread(target=vote, args=(codes[start::5],)) for start in range(5)]
    for thread in (mixing, *voters):
        thread.start()
    for thread in voters:
        thread.join()
    stop.set()
    mixing.join()
    assert problems == []
    assert Ballot.objects.count() == Register.objects.filter(used=True).count() == 30
    assert {str(marks) for marks in Ballot.objects.values_list("marks", flat=True)} == {"{'1': {'3': 1}}"}
