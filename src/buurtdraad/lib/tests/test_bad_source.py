import pytest

from buurtdraad.lib.bad_source import BadSource, Problem, nothing_is_loaded
from buurtdraad.lib.refusal import Refused


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (Problem("kwb.csv", 8, "it has no code"), "kwb.csv, row 8: it has no code"),
        (Problem("stad.geojson", "feature 3", "it is empty"), "stad.geojson, feature 3: it is empty"),
        (Problem("kwb.csv", None, "it is not UTF-8"), "kwb.csv: it is not UTF-8"),
        (Problem("", None, "there is nothing"), "there is nothing"),
        (Problem("a.csv", 1, "it says 'x\n\x1b[31my'"), "a.csv, row 1: it says 'x  [31my'"),
    ],
)
def test_a_problem_names_file_row_and_cause_on_one_line(problem, told):
    assert str(problem) == told


def test_a_bad_source_tells_of_all_that_is_wrong():
    assert str(BadSource("a.csv", 1, "no")) == "a.csv, row 1: no"
    assert (
        str(BadSource(problems=[Problem("a.csv", 1, "no"), Problem("a.csv", 2, "nor this")])) == "a.csv, row 1: no\na.csv, row 2: nor this"
    )


def test_a_command_tells_the_first_problems_and_how_many_more_there_are():
    wrong = BadSource(problems=[Problem("a.csv", number, "no") for number in range(1, 6)])
    assert nothing_is_loaded(wrong, most=2) == "Nothing is loaded.\na.csv, row 1: no\na.csv, row 2: no\n... and 3 more"
    assert nothing_is_loaded(wrong, most=5).endswith("\na.csv, row 5: no")


def test_a_command_tells_any_refusal_of_a_load_alike():
    assert nothing_is_loaded(Refused("None of its areas is known.")) == "Nothing is loaded.\nNone of its areas is known."
