"""Paper ballots: two people, a third where they differ, and what does not count by its reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.budgets.actions.casting import AlreadyVoted, Closed, UnknownCode, cast
from buurtdraad.budgets.actions.paper import Outcome, decide, set_aside, take_back_aside, type_ballot
from buurtdraad.budgets.models import Aside, Ballot, BudgetPlan, CastDay, Maker, PaperEntry, Register
from buurtdraad.budgets.secrecy import new_code
from buurtdraad.budgets.states import PAPER_MOVES, PaperStage, PlanStage, RoundStage
from buurtdraad.budgets.tests.two_budgets import with_the_city
from buurtdraad.messages.models import Contact

pytestmark = pytest.mark.django_db
PILE = "Stapel 1"


@pytest.fixture
def typed(make_codes):
    """Types a ballot: `typed(round, code, person, "1 3")`, the numbers as marks of the first budget."""

    def write(round_, code, person, numbers, *, pile=PILE, at=None):
        return type_ballot(round_, code, {"1": dict.fromkeys(numbers.split(), 1)}, pile=pile, by=person, at=at or timezone.now())

    return write


@pytest.fixture
def three(joris, priya, hamid):
    """Three people who may type."""
    return joris, priya, hamid


def test_the_first_waits_and_the_second_counts(make_round, make_codes, typed, joris, priya):
    round_ = make_round()
    (code,) = make_codes(round_)
    assert typed(round_, code, joris, "1 3") == Outcome.ONCE
    assert not Ballot.objects.exists()
    assert typed(round_, code, priya, "3 1") == Outcome.COUNTED
    assert Ballot.objects.get().marks == {"1": {"1": 1, "3": 1}}
    assert not PaperEntry.objects.exists()
    assert [(day.channel, day.number) for day in CastDay.objects.all()] == [("paper", 1)]


def test_one_person_twice_is_no_second_person(make_round, make_codes, typed, joris, priya):
    round_ = make_round()
    (code,) = make_codes(round_)
    typed(round_, code, joris, "1")
    assert typed(round_, code, joris, "2") == Outcome.AGAIN
    assert not Ballot.objects.exists()
    assert typed(round_, code, priya, "2") == Outcome.COUNTED


def test_two_that_differ_wait_for_a_third_who_decides(make_round, make_codes, typed, three):
    joris, priya, hamid = three
    round_ = make_round()
    (code,) = make_codes(round_)
    typed(round_, code, joris, "1")
    assert typed(round_, code, priya, "2") == Outcome.DIFFERENT
    for person in (joris, priya):
        assert typed(round_, code, person, "1") == Outcome.DIFFERENT
        assert decide(round_, code, {"1": {"1": 1}}, by=person, at=timezone.now()) == Outcome.DIFFERENT
    assert not Ballot.objects.exists()
    assert typed(round_, code, hamid, "2") == Outcome.COUNTED
    assert Ballot.objects.get().marks == {"1": {"2": 1}}


def test_a_third_who_reads_something_else_again_has_to_say_so(make_round, make_codes, typed, three):
    joris, priya, hamid = three
    round_ = make_round()
    (code,) = make_codes(round_)
    typed(round_, code, joris, "1")
    typed(round_, code, priya, "2")
    assert typed(round_, code, hamid, "3") == Outcome.UNDECIDED
    assert not Ballot.objects.exists()
    assert decide(round_, code, {"1": {"3": 1}}, by=hamid, at=timezone.now()) == Outcome.COUNTED


def test_against_the_rules_is_set_aside_only_when_two_read_it_so(make_round, make_codes, typed, joris, priya):
    round_ = make_round(most_marks=1)
    (code,) = make_codes(round_)
    assert typed(round_, code, joris, "1 2") == Outcome.ONCE
    assert not Aside.objects.exists()
    assert typed(round_, code, priya, "1 2") == Outcome.INVALID
    assert [(aside.reason, aside.number) for aside in Aside.objects.all()] == [("invalid", 1)]
    assert not Ballot.objects.exists()
    assert not Register.objects.get().used


def test_a_plan_that_was_taken_back_spoils_no_paper(make_round, make_codes, typed, joris, priya):
    round_ = make_round(least_marks=2)
    (code,) = make_codes(round_)
    BudgetPlan.objects.filter(number=2).update(stage=PlanStage.WITHDRAWN, why="De maker verhuist.")
    typed(round_, code, joris, "1 2")
    assert typed(round_, code, priya, "1 2") == Outcome.COUNTED
    assert Ballot.objects.get().marks == {"1": {"1": 1}}


def test_who_voted_on_the_site_has_no_second_vote_on_paper(make_round, make_codes, typed, joris, priya):
    round_ = make_round()
    (code,) = make_codes(round_)
    typed(round_, code, joris, "1")
    cast(round_, code, {"1": {"2": 1}}, at=timezone.now())
    with pytest.raises(AlreadyVoted):
        typed(round_, code, priya, "1")
    set_aside(round_, pile=PILE, reason="used", code=code, by=priya, at=timezone.now())
    assert not PaperEntry.objects.exists()
    assert Aside.objects.get().number == 1
    assert Ballot.objects.get().marks == {"1": {"2": 1}}


def test_an_unknown_code_and_a_late_day_are_refused(make_round, make_codes, typed, joris):
    round_ = make_round()
    (code,) = make_codes(round_)
    with pytest.raises(UnknownCode):
        typed(round_, new_code(), joris, "1")
    with pytest.raises(Closed):
        typed(round_, code, joris, "1", at=timezone.now() + timedelta(days=12))
    type(round_).objects.filter(pk=round_.pk).update(stage=RoundStage.CLOSED, closed_at=timezone.now())
    with pytest.raises(Closed):
        typed(round_, code, joris, "1")
    with pytest.raises(Closed):
        set_aside(round_, pile=PILE, reason="late", by=joris, at=timezone.now())


def test_what_was_set_aside_by_mistake_is_taken_back_and_never_below_none(make_round, joris):
    round_ = make_round()
    for _each in range(2):
        set_aside(round_, pile=PILE, reason="unreadable", by=joris, at=timezone.now())
    for _each in range(3):
        take_back_aside(round_, pile=PILE, reason="unreadable", by=joris, at=timezone.now())
    assert not Aside.objects.exists()
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["budget_round.paper_set_aside"] * 2 + ["budget_round.paper_taken_back"] * 2


def test_of_a_paper_that_counts_nothing_is_recorded(make_round, make_codes, typed, joris, priya):
    round_ = make_round()
    (code,) = make_codes(round_)
    typed(round_, code, joris, "1")
    typed(round_, code, priya, "1")
    assert not Event.objects.exists()


def test_every_step_of_paper_has_its_moves():
    assert set(PAPER_MOVES) == set(PaperStage)


def test_two_entries_of_one_person_are_refused_by_the_table(make_round, joris):
    facts = {"round": make_round(), "pile": PILE, "first": {}, "first_by": joris.uuid, "second_by": joris.uuid}
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.create(paper_id=b"1" * 32, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.create(paper_id=b"2" * 32, **facts | {"second_by": None}, stage=PaperStage.DIFFERENT)


# --- the page ---------------------------------------------------------------------------------------


def post(client, round_, code, numbers, **more):
    return client.post(reverse("budgets:paper", args=[round_.slug]), {"pile": PILE, "code": code, "part-1": numbers} | more)


def test_typing_goes_from_one_ballot_to_the_next(signed_in, make_round, make_codes, joris, priya):
    round_ = make_round()
    one, two = make_codes(round_, 2)
    client = signed_in(joris)
    answer = post(client, round_, one.lower(), "1, 3")
    assert answer.status_code == 302
    assert one not in answer["Location"]
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert f'value="{PILE}"' in page.text
    assert one not in page.text
    post(client, round_, two, "0")
    other = signed_in(priya)
    post(other, round_, one, "3 1")
    post(other, round_, two, "0")
    assert sorted(str(ballot.marks) for ballot in Ballot.objects.all()) == ["{'1': {'1': 1, '3': 1}}", "{'1': {}}"]


@pytest.mark.parametrize("numbers", ["", "x", "1 1", "99", "1:3", "1;<script>alert(1)</script>", "-1", "1.5", "9" * 300])
def test_what_cannot_be_meant_is_asked_again(signed_in, make_round, make_codes, joris, numbers):
    round_ = make_round()
    (code,) = make_codes(round_)
    page = post(signed_in(joris), round_, code, numbers)
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    assert not PaperEntry.objects.exists()


@pytest.mark.parametrize(
    ("sheet", "numbers", "marks"),
    [
        ({"ballot": "points"}, "1:5 2: 3, 3:0", {"1": 5, "2": 3}),
        ({"ballot": "rank", "most_marks": 3}, "3 1", {"3": 3, "1": 2}),
        ({"ballot": "basket"}, "3+1", {"3": 1, "1": 1}),
    ],
)
def test_each_kind_of_ballot_is_typed_in_its_way(signed_in, make_round, make_codes, joris, sheet, numbers, marks):  # noqa: PLR0917
    round_ = make_round(**sheet)
    (code,) = make_codes(round_)
    assert post(signed_in(joris), round_, code, numbers).status_code == 302
    assert PaperEntry.objects.get().first == {"1": marks}


def test_an_unknown_code_is_set_aside_by_a_button(signed_in, make_round, make_codes, joris):
    round_ = make_round()
    make_codes(round_)
    client, code = signed_in(joris), new_code()
    page = post(client, round_, code, "1")
    assert page.status_code == 422
    address = reverse("budgets:set_aside", args=[round_.slug])
    assert address in page.text
    client.post(address, {"pile": PILE, "reason": "unknown", "code": code})
    assert Aside.objects.get().reason == "unknown"
    client.post(address, {"pile": PILE, "reason": "unknown", "deed": "back"})
    assert not Aside.objects.exists()
    client.post(address, {"pile": PILE, "reason": "nonsense"})
    assert not Aside.objects.exists()


def test_who_types_paper(client, signed_in, make_round, three, kees):
    address = reverse("budgets:paper", args=[make_round().slug])
    assert client.get(address).status_code == 302
    assert [signed_in(person).get(address).status_code for person in three] == [200, 200, 200]
    assert signed_in(kees).get(address).status_code == 403


def test_who_has_a_plan_in_the_round_types_nothing(signed_in, make_round, joris):
    round_ = make_round()
    contact = Contact.objects.create(person=joris, created_at=timezone.now())
    Maker.objects.create(plan=round_.plans.first(), contact=contact)
    assert signed_in(joris).get(reverse("budgets:paper", args=[round_.slug])).status_code == 403


@pytest.mark.parametrize("stage", [stage for stage in RoundStage if stage != RoundStage.VOTING])
def test_in_other_steps_there_is_no_paper(signed_in, make_round, joris, stage):
    round_ = make_round(stage=stage)
    assert signed_in(joris).get(reverse("budgets:paper", args=[round_.slug])).status_code == 404


def test_the_page_asks_the_same_queries_with_one_and_with_three_piles(signed_in, make_round, make_codes, typed, joris):
    round_ = make_round()
    codes = make_codes(round_, 6)
    client, address, seen = signed_in(joris), reverse("budgets:paper", args=[round_.slug]), []
    client.get(address)
    for piles in (1, 3):
        for number in range(piles):
            typed(round_, codes.pop(), joris, "1", pile=f"<script>alert({number})</script>")
            set_aside(round_, pile=f"Stapel {number}", reason="late", by=joris, at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert "<script>alert" not in client.get(address).text
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_two_budgets_have_two_fields(signed_in, make_round, make_codes, joris, areas):
    round_ = with_the_city(make_round, areas)
    (code,) = make_codes(round_)
    client = signed_in(joris)
    assert post(client, round_, code, "", **{"part-2": ""}).status_code == 422
    assert post(client, round_, code, "1 2", **{"part-2": "3"}).status_code == 302
    assert PaperEntry.objects.get().first == {"1": {"1": 1, "2": 1}, "2": {"3": 1}}
