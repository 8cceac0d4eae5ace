"""Files of Pabulib: what is meant is read, what is wrong is refused with its line, and what we write others read."""

import io
import os

import pytest
from pabulib.checker import Checker
from pabutools.election.pabulib import parse_pabulib_from_string

from buurtdraad.budgets.tally.count import count
from buurtdraad.budgets.tally.election import Election
from buurtdraad.budgets.tally.pabulib import Malformed, read
from buurtdraad.budgets.tally.pabulib_writing import Vote, write
from buurtdraad.budgets.tally.rule import Rule
from buurtdraad.budgets.tally.tests.elections import EXPECTED, FILES, elections, few_or_many, for_all, needs_files
from buurtdraad.budgets.tally.tests.pabulib_texts import WRONG, saved, text, with_plans, with_votes

KNOWN = {
    "description": "Buurtbudget Zuilen",
    "country": "Netherlands",
    "unit": "Utrecht",
    "instance": "2026",
    "date_begin": "01.05.2026",
    "date_end": "31.05.2026",
    "language": "nl",
}


@pytest.fixture
def reading(tmp_path):
    return lambda content: read(saved(tmp_path, content))


def marks(election: Election) -> list[tuple[tuple[str, ...], int]]:
    """What is marked on each ballot, and how many there are of it."""
    columns, plans = election.ballots, election.plans
    spans = zip(columns.starts, columns.starts[1:], strict=False)
    return [
        (tuple(plans[mark].id for mark in columns.marks[begin:end]), number)
        for (begin, end), number in zip(spans, columns.numbers, strict=True)
    ]


# --- reading -----------------------------------------------------------------------------------


def test_plans_budget_and_ballots_are_read_exactly(reading):
    election = reading(text()).election
    assert [(plan.id, plan.cost, plan.name) for plan in election.plans] == [
        ("3", 6000, "Bank"),
        ("12", 4000, "Boom"),
        ("7", 1050, "Schommel"),
    ]
    assert (election.budget, election.scale) == (10_000, 100)
    assert marks(election) == [(("3", "12"), 1), (("12",), 1), (("7",), 1)]


@pytest.mark.parametrize(
    "same",
    [
        text().encode("utf-8-sig"),
        text().replace("\n", "\r\n"),
        text().replace("10.50", "10,5"),
        text().replace("10.50", '"10,50"'),
        text().replace("\n", "\n\n"),
        text().replace("3,12", " 3 , 12,"),
        text().replace("3,12", '"3,12"'),
        text().replace("3,12", "3,12,3"),
        text().replace("META\n", "META;\n").replace("VOTES\n", "VOTES;\n"),
        text().replace("Kees;12", "Kees;12;;"),
        text().removesuffix("\n"),
    ],
    ids=["bom", "crlf", "comma", "quoted comma", "empty lines", "spaces", "quotes", "twice", "empty cells", "more of them", "no end"],
)
def test_what_is_meant_is_read(reading, same):
    found, plain = reading(same).election, reading(text()).election
    assert (found.plans, found.budget, marks(found)) == (plain.plans, plain.budget, marks(plain))


def test_equal_votes_become_one_ballot_with_a_number(reading):
    assert marks(reading(with_votes("a;3,12", "b;3,12", "c;12,3", "d;3,12")).election) == [(("3", "12"), 3), (("12", "3"), 1)]


def test_an_empty_vote_is_a_blank_ballot(reading):
    election = reading(with_votes("Emine;", "Kees;3")).election
    assert marks(election) == [((), 1), (("3",), 1)]
    assert [count(election, Rule(blank=blank)).voters for blank in ("excluded", "counted")] == [1, 2]


def test_a_name_may_hold_a_semicolon_quotes_and_line_ends(reading):
    rows = ('3;1;"Bank; bij de ""Vecht"""', '4;1;"Boom\nen struik"', "5;1;Mind\x1b[31mmap")
    assert [plan.name for plan in reading(with_plans(*rows)).election.plans] == ['Bank; bij de "Vecht"', "Boom en struik", "Mind [31mmap"]


def test_labels_come_from_category_and_neighbourhood(reading):
    plans = 'PROJECTS\nproject_id;cost;category;neighborhood\n3;1;"Groen, Spelen";Zuilen\n4;1;;\n'
    assert [plan.labels for plan in reading(text(plans=plans, votes="VOTES\nvoter_id;vote\n")).election.plans] == [
        ("Groen", "Spelen", "Zuilen"),
        (),
    ]


def test_points_and_channels_are_read(reading):
    votes = "VOTES\nvoter_id;vote;points;voting_method\nEmine;3,12;4,1;paper\nKees;12;5.0;internet\n"
    ballots = reading(text(vote_type="cumulative", votes=votes)).election.ballots
    assert list(ballots.points) == [4, 1, 5]
    assert [ballots.channel_names[channel] for channel in ballots.channels] == ["paper", "internet"]


def test_an_order_gives_points_by_place(reading):
    votes = "VOTES\nvoter_id;vote\nEmine;7,3,12\nKees;12\n"
    ballots = reading(text(vote_type="ordinal", votes=votes)).election.ballots
    assert list(ballots.points) == [3, 2, 1, 3]


def test_another_number_of_votes_than_announced_is_noted(reading):
    assert reading(text().replace("budget;", "num_votes;4\nnum_projects;3\nbudget;")).notes == (
        "META says num_votes '4', and there are 3.",
    )


def test_without_votes_nothing_wins(reading):
    election = reading(with_votes()).election
    assert not any(count(election, Rule(kind=kind)).winners for kind in ("equal-shares", "greedy", "phragmen"))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_its_line(tmp_path, name):
    content, line, cause = WRONG[name]
    file = saved(tmp_path, content)
    with pytest.raises(Malformed) as refused:
        read(file)
    assert (refused.value.line, refused.value.file) == (line, str(file))
    assert cause in refused.value.cause
    assert str(refused.value).startswith(f"{file}:{line}: ")
    assert len(str(refused.value)) < 400


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.pb")
    for path, cause in [
        ("", "not a file"),
        ("pipe.pb", "not a file"),
        ("none.pb", "No such file"),
        ("x" * 300, "too long"),
        ("\0", "null"),
    ]:
        with pytest.raises(Malformed, match=cause):
            read(tmp_path / path)


# --- writing -----------------------------------------------------------------------------------


def written(election: Election, votes: list[Vote], vote_type: str = "approval", **more) -> str:
    out = io.StringIO(newline="")
    write(out, election, votes, KNOWN, vote_type=vote_type, **more)
    return out.getvalue()


def votes_of(election: Election) -> list[Vote]:
    columns = election.ballots
    found = []
    for row, (plans, number) in enumerate(marks(election)):
        points = list(columns.points[columns.starts[row] : columns.starts[row + 1]]) if columns.points is not None else None
        found += [Vote(f"v{row}n{copy}", plans, points, "paper") for copy in range(number)]
    return found


def complaints(content: str) -> dict:
    """What the checker of Pabulib calls an error."""
    results = Checker().process_files([content])
    return {
        error: details
        for key, found in results.items()
        if key not in ("metadata", "summary")
        for error, details in found["results"]["errors"].items()
    }


# Of the election, not of the file: the checker wants a contest, and no plan that is free or dearer than all there is.
OF_THE_ELECTION = {"project with no cost", "single project exceeded whole budget", "all projects funded", "unused budget", "no votes"}


@few_or_many
@pytest.mark.parametrize("vote_type", ["approval", "cumulative"])
def test_what_we_write_the_checker_accepts_and_we_read_back(tmp_path, vote_type, examples):
    def holds(election):
        content = written(election, votes_of(election), vote_type)
        assert set(complaints(content)) <= OF_THE_ELECTION
        back = read(saved(tmp_path, content)).election
        assert {(plan.id, plan.cost * election.scale) for plan in back.plans} == {
            (plan.id, plan.cost * back.scale) for plan in election.plans
        }
        for rule in (Rule(), Rule(kind="greedy"), Rule(kind="phragmen"), Rule(utility="points")):
            if vote_type != "approval" or rule.utility != "points":
                assert count(back, rule).winners == count(election, rule).winners

    for_all(elections(points=vote_type == "cumulative"), examples // 2, holds)


@needs_files
@pytest.mark.parametrize("name", ["Netherlands_Assen_2025", "Netherlands_Amsterdam_515", "Netherlands_Amsterdam_643"])
def test_the_checker_accepts_a_real_election_that_we_wrote(tmp_path, name):
    reading = read(FILES / f"{name}.pb")
    vote_type = reading.meta["vote_type"]
    result = count(reading.election, Rule())
    content = written(reading.election, votes_of(reading.election), vote_type, rule=Rule(), winners=result.winners)
    assert not complaints(content)
    back = read(saved(tmp_path, content))
    assert count(back.election, Rule()).purchases == result.purchases
    assert not back.notes
    assert {row["project_id"] for row in back.columns if row["selected"] == "1"} == set(result.winners)
    instance, profile = parse_pabulib_from_string(content)
    assert (len(instance), profile.num_ballots()) == (len(back.election.plans), int(back.meta["num_votes"]))


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        (Rule(), "equalshares/add1"),
        (Rule(completion="none"), "equalshares"),
        (Rule(kind="greedy"), "greedy"),
        (Rule(kind="greedy", misfit="stop"), "greedy-no-skip"),
        (Rule(kind="greedy", utility="count"), "unknown"),
        (Rule(stop="exhaustive"), "unknown"),
        (Rule(least_votes=3), "unknown"),
        (Rule(kind="phragmen"), "unknown"),
    ],
)
def test_a_rule_is_named_only_where_the_format_has_a_word_for_it(reading, rule, word):
    content = written(reading(text()).election, votes_of(reading(text()).election), rule=rule)
    assert f"\nrule;{word}\n" in content
    assert not complaints(content)


def test_hostile_names_do_not_break_the_file(tmp_path):
    plans = (
        with_plans('3;60;"=1+1;""x""\nVOTES\nMETA"', "12;50;<script>").removesuffix("VOTES\nvoter_id;vote\n")
        + "VOTES\nvoter_id;vote\na;3\nb;12\n"
    )
    first = read(saved(tmp_path, plans)).election
    content = written(first, votes_of(first))
    assert not complaints(content)
    assert set(read(saved(tmp_path, content)).election.plans) == set(first.plans)


def test_blank_votes_are_left_out_and_counted_aloud(reading):
    election = reading(with_votes("a;", "b;", "c;3", "d;12")).election
    content = written(election, votes_of(election))
    assert not complaints(content)
    assert "comment;#1: 2 blank ballots are left out.\n" in content
    assert "num_votes;2\n" in content


@needs_files
@pytest.mark.parametrize("facts", EXPECTED, ids=lambda facts: facts["file"])
def test_every_real_file_is_read_without_a_note(facts):
    reading = read(FILES / facts["file"])
    assert not reading.notes
    assert sum(reading.election.ballots.numbers) == facts["voters"]
    assert len(reading.election.plans) == facts["projects"]
