"""The result for everybody, the count step by step, the files, and the page to close a round."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.budgets.actions.closing import close
from buurtdraad.budgets.actions.counted import count, verify
from buurtdraad.budgets.models import BudgetRound, Counted
from buurtdraad.budgets.queries import files
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.budgets.tests.test_closing import typed
from buurtdraad.budgets.tests.votes import cast_all, over
from buurtdraad.messages.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.VOTING_KEYS = tmp_path / "keys"


def counted(make_round, ballots=((6, (1, 2)), (5, (3,)), (2, ())), **sheet):
    round_ = make_round(**over() | sheet)
    cast_all(round_, ballots)
    close(round_, at=timezone.now())
    count(round_, at=timezone.now())
    return round_


def path(round_, rest=""):
    return f"/budgetten/{round_.slug}/uitslag/{rest}"


def test_the_result_says_of_each_plan_how_it_was_chosen_or_why_not(make_round, client):
    page = client.get(path(counted(make_round))).text
    assert "voorlopige uitslag" in page
    assert "2 van de 3 plannen zijn gekozen." in page
    assert "mensen gaven ieder" in page
    assert "Samen hadden zij nog" in page
    assert "1. Plan 1</a>: " in page
    assert "Meeste stemmen eerst" in page or "Most votes first" in page
    assert "13 mensen stemden." in page


def test_there_is_no_result_before_the_round_is_closed(make_round, client):
    assert client.get(path(make_round())).status_code == 404


def test_a_result_that_is_not_counted_yet_or_differs_is_not_shown(make_round, client):
    round_ = make_round(**over())
    cast_all(round_, [(12, (1,))])
    close(round_, at=timezone.now())
    assert "worden geteld" in client.get(path(round_)).text
    count(round_, at=timezone.now())
    Counted.objects.update(differs="Cost: 1 and 2 cents.")
    page = client.get(path(round_)).text
    assert "worden geteld" in page
    assert "Cost: 1" not in page
    assert client.get(path(round_, "1/uitslag.json")).status_code == 404
    assert client.get(path(round_, "1/stappen/")).status_code == 404


def test_a_second_count_is_said(make_round, client):
    round_ = counted(make_round)
    assert "telt nog na" in client.get(path(round_)).text
    verify(round_, at=timezone.now())
    assert "en vond hetzelfde" in client.get(path(round_)).text


def test_the_count_is_drawn_and_told_step_by_step(make_round, client):
    page = client.get(path(counted(make_round), "1/stappen/"))
    assert page.status_code == 200
    assert page.text.count("Stap ") == 2
    assert page.text.count("buurt-bars__bar--own") == 2
    assert client.get(path(BudgetRound.objects.get(), "2/stappen/")).status_code == 404


def test_hostile_titles_are_only_text(make_round, client):
    round_ = make_round(**over())
    round_.plans.update(title="<script>alert(1)</script>")
    cast_all(round_, [(12, (1, 2))])
    close(round_, at=timezone.now())
    count(round_, at=timezone.now())
    for rest in ("", "1/stappen/"):
        page = client.get(path(round_, rest)).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_every_file_can_be_fetched_by_everybody_and_no_other(make_round, client):
    round_ = counted(make_round)
    links = re.findall(r'href="(/budgetten/[^"]+/uitslag/1/[^"/]+)"', client.get(path(round_)).text)
    assert len(links) == len(files.MADE)
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert "Set-Cookie" not in answer
    for wrong in ("1/geheim.csv", "2/uitslag.json", "0/uitslag.json"):
        assert client.get(path(round_, wrong)).status_code == 404


def test_a_small_round_shows_totals_and_gives_no_ballots(make_round, client):
    round_ = counted(make_round, ballots=[(5, (1, 2)), (4, (3,))])
    page = client.get(path(round_)).text
    assert "stembiljetten.csv" not in page
    assert client.get(path(round_, "1/stembiljetten.csv")).status_code == 404
    assert client.get(path(round_, "1/uitslag.json")).status_code == 200


def test_more_plans_and_voters_ask_no_more_of_the_database(make_round, client):
    small = counted(make_round)
    large = counted(make_round, ballots=[(9, (1, 2)), (8, (3, 4, 5)), (3, (9,))], costs=[str(900 + number) for number in range(12)])
    counts = []
    for round_ in (small, large):
        client.get(path(round_))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path(round_)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# --- closing by hand -----------------------------------------------------------------------------


def closing(round_):
    return f"/werk/budgetten/{round_.slug}/sluiten/"


def test_who_makes_the_round_closes_it_when_all_paper_is_typed(make_round, signed_in, joris):
    round_ = make_round(**over(paper_days=3))
    cast_all(round_, [(12, (1,))])
    client = signed_in(joris)
    assert client.get(closing(round_)).status_code == 200
    assert client.post(closing(round_)).status_code == 422
    assert client.post(closing(round_), {"all_typed": "on"}).status_code == 302
    round_.refresh_from_db()
    assert round_.stage == RoundStage.CLOSED
    assert "nu niet gestemd" in client.get(closing(round_)).text


def test_open_paper_is_said_and_can_be_set_aside_after_its_last_day(make_round, signed_in, joris, kees):
    round_ = make_round(**over(paper_days=0))
    typed(round_, by=kees)
    client = signed_in(joris)
    assert "1 papieren stembiljet" in client.get(closing(round_)).text
    client.post(closing(round_), {"all_typed": "on", "open_aside": "on"})
    round_.refresh_from_db()
    assert round_.stage == RoundStage.VOTING
    late = make_round("Te laat", **over())
    typed(late, by=kees)
    assert client.post(closing(late), {"all_typed": "on"}).status_code == 422
    assert client.post(closing(late), {"open_aside": "on"}).status_code == 302


def test_nobody_closes_it_while_people_vote(make_round, signed_in, joris):
    round_ = make_round(channels=[Channel.POST])
    client = signed_in(joris)
    assert "kunnen nog stemmen" in client.get(closing(round_)).text
    client.post(closing(round_), {"all_typed": "on"})
    round_.refresh_from_db()
    assert round_.stage == RoundStage.VOTING


def test_who_made_a_plan_of_it_or_works_elsewhere_does_not_close_it(make_round, signed_in, joris, samira, hamid):
    round_ = make_round(**over())
    statuses = {person.name: signed_in(person).get(closing(round_)).status_code for person in (joris, samira, hamid)}
    assert list(statuses.values()) == [200, 403, 403]
    own = Contact.objects.create(person=joris, created_at=timezone.now())
    round_.plans.first().makers.create(contact=own)
    assert signed_in(joris).get(closing(round_)).status_code == 403
