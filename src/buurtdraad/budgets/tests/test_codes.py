"""Making, dropping and replacing codes, and what of it stays."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.audit.models import Event
from buurtdraad.budgets import keys
from buurtdraad.budgets.actions.codes import (
    HasLetter,
    NameTaken,
    NoCodesNow,
    NotThisWay,
    Voted,
    drop_batch,
    make_batch,
    make_letters,
)
from buurtdraad.budgets.actions.replacing import UnknownReference, letter_for, replace
from buurtdraad.budgets.models import Claim, CodeBatch, Register
from buurtdraad.budgets.queries.codes import given_out, where_people_vote
from buurtdraad.budgets.secrecy import ids_of, normalised
from buurtdraad.budgets.sources.addresses import Addressee, addressees
from buurtdraad.budgets.states import WITH_CODES, Channel, RoundStage
from buurtdraad.lib.tables.reading import TableRefused

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 27)
LIST = """naam;adres;postcode;plaats;geboortejaar
Mw. E. Yılmaz;Geuzenweg 12;3552 ab;Utrecht;1971
Dhr. K. Vermeer;Geuzenweg 14;3552AB;Utrecht;01-02-2013
Noor;Geuzenweg 14;3552AB;Utrecht;
"""


def people(text=LIST, youngest=12):
    return addressees(text.encode(), youngest=youngest, on=ON)


def row_of(round_, code):
    return Register.objects.get(register_id=ids_of(keys.key_of(round_), normalised(code)).register_id)


def vote_with(round_, code):
    """As casting writes it."""
    ids = ids_of(keys.key_of(round_), normalised(code))
    assert Register.objects.filter(register_id=ids.register_id).update(used=True, receipt=ids.receipt)


def test_a_batch_gives_codes_that_stand_in_the_register_and_nowhere_themselves(make_round, kees):
    made, at = make_round(), timezone.now()
    batch, letters = make_batch(made, channel=Channel.MEETING, area=made.area, name="Avond", number=30, by=kees, at=at)
    assert batch.number == len(letters) == made.register.count() == 30
    for letter in letters:
        row = row_of(made, letter.code)
        assert (row.reference, row.channel, row.used, row.batch) == (letter.reference, Channel.MEETING, False, batch)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, ' ') FROM budgets_register r")
        stored = cursor.fetchone()[0]
    assert all(letter.code not in stored and letter.code.replace("-", "") not in stored for letter in letters)
    event = Event.objects.get(verb="budget_round.codes_made")
    assert (event.actor, event.payload) == (kees.uuid, {"number": 30, "channel": "meeting"})


def test_rows_are_written_in_the_order_of_their_hashes_which_is_not_that_of_the_letters(make_round, kees):
    """Where the database lays a row depends on the room that it has, so the statement is looked at."""
    made = make_round()
    with CaptureQueriesContext(connection) as asked:
        _batch, letters = make_letters(made, many(40), area=made.area, name="Straat", by=kees, at=timezone.now())
    [written] = [one["sql"] for one in asked if one["sql"].startswith('INSERT INTO "budgets_register"')]
    held = {row.reference: bytes(row.register_id).hex() for row in made.register.all()}
    by_letter = [written.index(held[letter.reference]) for letter in letters]
    assert by_letter != sorted(by_letter)
    by_hash = [written.index(one) for one in sorted(held.values())]
    assert len(by_hash) == 40
    assert by_hash == sorted(by_hash)


def many(number):
    return [Addressee(f"Bewoner {n}", f"Straat {n}", "3552 AB", "Utrecht") for n in range(number)]


def test_names_and_addresses_of_a_list_are_not_kept(make_round, kees):
    made = make_round()
    _batch, letters = make_letters(made, people(), area=made.area, name="Geuzenwijk", by=kees, at=timezone.now())
    assert [letter.to[0] for letter in letters] == ["Mw. E. Yılmaz", "Dhr. K. Vermeer", "Noor"]
    assert letters[0].to[2] == "3552 AB  Utrecht"
    assert [row_of(made, letter.code).age_band for letter in letters] == ["45-64", "12-24", ""]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^(budgets|audit|procrastinate|lib)_'")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            stored = cursor.fetchone()[0] or ""
            assert "Vermeer" not in stored
            assert "Geuzenweg" not in stored
            assert letters[0].code not in stored


def test_nobody_gets_a_second_letter_however_the_list_is_written(make_round, kees):
    made, at = make_round(), timezone.now()
    make_letters(made, people(), area=made.area, name="Een", by=kees, at=at)
    again = [Addressee("mw e yılmaz", "GEUZENWEG 12", "3552 AB", "Utrecht"), Addressee("Samira", "Geuzenweg 1", "3552 AB", "Utrecht")]
    with pytest.raises(HasLetter, match=": mw e yılmaz"):
        make_letters(
            made, [Addressee("mw e yılmaz", "GEUZENWEG 12", "3552 AB", "Utrecht"), again[1]], area=made.area, name="Twee", by=kees, at=at
        )
    assert made.register.count() == 3
    assert not CodeBatch.objects.filter(name="Twee").exists()
    other = make_round()
    make_letters(other, people(), area=other.area, name="Een", by=kees, at=at)


def test_an_organisation_gets_one_pass_wherever_it_has_its_doors(make_round, kees):
    made, at = make_round(vote_organisations=True), timezone.now()
    doors = [Addressee("Bakkerij Bol", "Straat 1", "3552 AB", "Utrecht")], [Addressee("bakkerij BOL", "Plein 9", "3551 AA", "Utrecht")]
    make_letters(made, doors[0], area=made.area, name="Een", organisations=True, by=kees, at=at)
    with pytest.raises(HasLetter):
        make_letters(made, doors[1], area=made.area, name="Twee", organisations=True, by=kees, at=at)
    with pytest.raises(NotThisWay):
        make_letters(make_round(), doors[0], area=made.area, name="Een", organisations=True, by=kees, at=at)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("Kees;Straat 1;3552;Utrecht;", "Row 2: This is no postcode"),
        ("Kees;Straat 1;3552AB;Utrecht;2020", "younger than 12"),
        ("Kees;Straat 1;3552AB;Utrecht;1066", "no year of birth"),
        ("Kees;Straat 1;3552AB;Utrecht;gisteren", "is no date"),
        (";Straat 1;3552AB;Utrecht;", "naam is empty"),
        (";Straat 1;3552;Utrecht;2020", "Row 2: naam is empty. This is no postcode. .* younger than 12"),
        ("Kees;Straat 1;3552AB;Utrecht;\nkees;straat 1;3552 ab;Utrecht;", "Row 3: This person stands in the list twice"),
    ],
)
def test_a_list_with_a_wrong_row_makes_nothing_and_says_which(rows, says):
    with override("en"), pytest.raises(TableRefused, match=says):
        people(f"naam;adres;postcode;plaats;geboortejaar\n{rows}\n")


@pytest.mark.parametrize("stage", RoundStage)
def test_codes_are_made_from_the_rules_on_until_the_vote_is_over(make_round, kees, stage):
    made = make_round(stage=stage)
    facts = {"channel": Channel.MEETING, "area": made.area, "name": "Avond", "number": 1, "by": kees, "at": timezone.now()}
    if stage in WITH_CODES:
        make_batch(made, **facts)
    else:
        with pytest.raises(NoCodesNow):
            make_batch(made, **facts)
        assert not Register.objects.exists()


def test_codes_are_made_only_as_the_rules_say(make_round, areas, kees):
    made = make_round(channels=["post"])
    facts = {"name": "Avond", "number": 1, "by": kees, "at": timezone.now()}
    with pytest.raises(NotThisWay):
        make_batch(made, channel=Channel.MEETING, area=made.area, **facts)
    with pytest.raises(NotThisWay):
        make_batch(made, channel=Channel.POST, area=areas["BU03440321"], **facts)
    with pytest.raises(NotThisWay):
        make_batch(make_round(channels=["email"]), channel=Channel.EMAIL, area=made.area, **facts)
    with pytest.raises(NotThisWay):
        make_batch(made, channel=Channel.POST, area=made.area, **facts | {"number": 10**9})
    make_batch(made, channel=Channel.POST, area=made.area, **facts)
    with pytest.raises(NameTaken):
        make_batch(made, channel=Channel.POST, area=made.area, **facts)


def test_a_lost_key_is_never_followed_by_another(make_round, kees, voting_keys):
    made = make_round()
    facts = {"channel": Channel.MEETING, "area": made.area, "number": 1, "by": kees, "at": timezone.now()}
    make_batch(made, name="Een", **facts)
    (voting_keys / f"{made.uuid}.key").unlink()
    with pytest.raises(keys.NoKey):
        make_batch(made, name="Twee", **facts)
    assert list(voting_keys.iterdir()) == []


def test_a_lost_pile_is_worth_nothing_and_can_be_made_again(make_round, kees):
    made, at = make_round(), timezone.now()
    batch, _letters = make_letters(made, people(), area=made.area, name="Geuzenwijk", by=kees, at=at)
    make_batch(made, channel=Channel.MEETING, area=made.area, name="Avond", number=2, by=kees, at=at)
    drop_batch(batch, by=kees, at=at)
    assert made.register.count() == 2
    assert not Claim.objects.exists()
    make_letters(made, people(), area=made.area, name="Geuzenwijk", by=kees, at=at)
    assert Event.objects.get(verb="budget_round.codes_dropped").payload == {"number": 3}


def test_a_pile_with_which_somebody_voted_stays(make_round, kees):
    made, at = make_round(), timezone.now()
    batch, letters = make_batch(made, channel=Channel.MEETING, area=made.area, name="Avond", number=2, by=kees, at=at)
    vote_with(made, letters[0].code)
    with pytest.raises(Voted):
        drop_batch(batch, by=kees, at=at)
    assert made.register.count() == 2


def test_a_replaced_code_is_worth_nothing_and_the_new_one_takes_its_place(make_round, kees):
    made, at = make_round(), timezone.now()
    _batch, (old,) = make_letters(made, people()[:1], area=made.area, name="Een", by=kees, at=at)
    new = replace(made, old.reference, by=kees, at=at)
    assert new.reference == old.reference
    assert row_of(made, new.code).age_band == "45-64"
    with pytest.raises(Register.DoesNotExist):
        row_of(made, old.code)
    assert made.register.count() == 1


def test_a_code_that_voted_is_not_replaced(make_round, kees):
    made, at = make_round(), timezone.now()
    _batch, (old,) = make_letters(made, people()[:1], area=made.area, name="Een", by=kees, at=at)
    vote_with(made, old.code)
    with pytest.raises(Voted):
        replace(made, old.reference, by=kees, at=at)
    with pytest.raises(Voted):
        letter_for(made, people()[0], area=made.area, by=kees, at=at)
    assert row_of(made, old.code).used
    with pytest.raises(UnknownReference):
        replace(made, "0000000000", by=kees, at=at)
    with pytest.raises(UnknownReference):
        replace(make_round_with_key(make_round), old.reference, by=kees, at=at)


def make_round_with_key(make_round):
    made = make_round()
    keys.make_key(made)
    return made


def test_who_got_no_letter_gets_one_and_who_lost_it_a_new_one(make_round, kees):
    made, at = make_round(), timezone.now()
    hidden = Addressee("Hamid", "Geheim 1", "3552 AB", "Utrecht")
    first = letter_for(made, hidden, area=made.area, by=kees, at=at)
    second = letter_for(made, hidden, area=made.area, by=kees, at=at)
    assert first.reference == second.reference
    assert row_of(made, second.code).channel == Channel.POST
    assert made.register.count() == Claim.objects.count() == 1
    with pytest.raises(Register.DoesNotExist):
        row_of(made, first.code)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [2, 50])
def test_of_letters_for_one_person_made_at_once_exactly_one_code_works(make_round, kees, number):
    made, at = make_round(), timezone.now()
    keys.make_key(made)
    one, letters, problems = Addressee("Hamid", "Geheim 1", "3552 AB", "Utrecht"), [], []

    def run():
        try:
            letters.append(letter_for(made, one, area=made.area, by=kees, at=at))
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Register.objects.count() == Claim.objects.count() == 1
    works = [
        letter for letter in letters if Register.objects.filter(register_id=ids_of(keys.key_of(made), normalised(letter.code)).register_id)
    ]
    assert len(letters) == number
    assert len(works) == 1


@pytest.mark.django_db(transaction=True)
def test_a_vote_and_a_replacement_at_once_never_both_succeed(make_round, kees):
    for _turn in range(10):
        made, at = make_round(), timezone.now()
        _batch, (letter,) = make_batch(made, channel=Channel.MEETING, area=made.area, name="Avond", number=1, by=kees, at=at)
        ids, done = ids_of(keys.key_of(made), normalised(letter.code)), []

        def vote(ids=ids, done=done):
            with transaction.atomic():
                if Register.objects.select_for_update().filter(register_id=ids.register_id).exists():
                    Register.objects.filter(register_id=ids.register_id).update(used=True, receipt=ids.receipt)
                    done.append("voted")
            connection.close()

        def again(made=made, letter=letter, done=done, at=at):
            try:
                replace(made, letter.reference, by=kees, at=at)
                done.append("replaced")
            except Voted:
                pass
            connection.close()

        threads = [threading.Thread(target=vote), threading.Thread(target=again)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(done) == 1
        assert made.register.count() == 1


def test_numbers_of_voters_show_only_where_they_are_many_and_nobody_can_subtract(make_round, make_codes, django_assert_num_queries):
    made = make_round()
    post, meeting, paper = (make_codes(made, 30, channel=channel) for channel in (Channel.POST, Channel.MEETING, Channel.PAPER))
    for code in post[:12] + meeting[:3] + paper[:25]:
        vote_with(made, code)
    with django_assert_num_queries(1):
        given = given_out(made)
    assert [(one.channel, one.number, one.voted) for one in given] == [("post", 30, None), ("meeting", 30, None), ("paper", 30, 25)]


def test_people_vote_in_the_neighbourhoods_of_the_round(make_round):
    assert [name for _area, name in where_people_vote(make_round())] == ["Geuzenwijk"]
    assert [name for _area, name in where_people_vote(make_round(area="zuilen-oost"))] == ["Geuzenwijk", "Schaakbuurt"]
    assert [name for _area, name in where_people_vote(make_round(area="WK034402"))] == ["Geuzenwijk", "Schaakbuurt"]
    assert len(where_people_vote(make_round(area="GM0344"))) == 3
