"""Hostile files through the command line: exit 2, file, line and cause on stderr, nothing on stdout, and memory within bounds."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from buurtdraad.budgets.tally.pabulib_lines import MOST_LINES
from buurtdraad.budgets.tally.tests.pabulib_texts import PLANS, WRONG, saved, text, with_votes

MEMORY = 1_500_000_000  # of addresses, Python, Django and numpy included
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
SOME = ["a huge cost", "an unknown plan", "a voter twice", "quotes in quotes in quotes"]


def tally(*arguments: str | Path) -> subprocess.CompletedProcess:
    """`./run tally ...` as the shell starts it, with a bound on its memory."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    command = [sys.executable, "-P", "-m", "buurtdraad", "tally", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT | ONE_THREAD, preexec_fn=bounded, timeout=240)


def refused(file: Path, line: int, cause: str) -> None:
    """The command says what is wrong, and where, and nothing else."""
    ended = tally(file, "--json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"{file}:{line}: " in ended.stderr if line else str(file) in ended.stderr
    assert cause in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr) < 500


# What is wrong in each other file is read in `test_pabulib.py`, without a program of its own.
@pytest.mark.parametrize("name", SOME)
def test_a_wrong_file_is_refused_in_one_line(tmp_path, name):
    content, line, cause = WRONG[name]
    refused(saved(tmp_path, content), line, cause)


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path):
    (tmp_path / "folder.pb").mkdir()
    refused(tmp_path / "folder.pb", 0, "not a file")
    refused(tmp_path / "none.pb", 0, "No such file")


def test_ten_million_lines_are_refused_before_they_are_read(tmp_path):
    file = saved(tmp_path, text(votes="VOTES\nvoter_id;vote\n"))
    with file.open("ab") as out:
        for _ in range(100):
            out.write(b"v;3\n" * 100_000)
    refused(file, MOST_LINES + 1, "more than 5,000,000 lines")


def test_a_file_of_one_endless_line_is_refused(tmp_path):
    file = saved(tmp_path, "")
    os.truncate(file, 1_900_000_000)  # a hole: it takes no room on the disk
    refused(file, 1, "longer than")
    os.truncate(file, 2_100_000_000)
    refused(file, 0, "larger than")


@pytest.mark.slow
def test_four_million_ballots_that_all_differ_stay_within_memory(tmp_path):
    plans = PLANS + "".join(f"p{number};1;x\n" for number in range(2_000))
    file = saved(tmp_path, text(plans=plans, votes="VOTES\nvoter_id;vote\n"))
    with file.open("a") as out:
        for voter in range(4_000_000):
            out.write(f"v{voter};p{voter % 2_000},p{voter // 2_000}\n")
        out.write("last;x\n")
    refused(file, 4_002_016, "plan 'x'")


def test_json_is_one_object_and_nothing_else(tmp_path):
    ended = tally(saved(tmp_path, with_votes("Emine;3", "Kees;12")), "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    result = json.loads(ended.stdout)
    assert set(result) >= {"rule", "budget", "winners", "cost", "endowment_start", "endowment_end", "explanation"}
    assert result["winners"] == ["12", "3"]
