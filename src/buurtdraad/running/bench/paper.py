"""`docs/figures.md`: each measurement writes its own section, with the machine, the day and the commit; the others stay."""

import datetime
import re
import subprocess
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import psutil

from buurtdraad.running.bench.product import PACKAGE_ROOT
from buurtdraad.running.bench.report import Figure, amount

PAPER = PACKAGE_ROOT.parent / "docs" / "figures.md"
HEAD = """# Figures

What the product carries, measured. Each section is written by the command in its first line, and by nothing else: to change a figure,
run that command again. The goals and what keeps them are in [speed](speed.md).
"""
# In this order they stand in the paper.
SECTIONS = {
    "city": "A large city", "pages": "Every page", "load": "Evening of the vote", "week": "A week of use", "restore": "Back-up and restore",
}  # fmt: skip


def machine() -> str:
    """The class of this machine: never its name."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{psutil.cpu_count()} cores ({processor()}), {memory:.0f} GB of memory"


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return "unknown processor"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor")


def commit() -> str:
    """The commit that was measured, with a word when files differ from it."""
    try:
        known = git("rev-parse", "--short=10", "HEAD")
        return known + (" with changes" if git("status", "--porcelain", "--untracked-files=no", "--", "src") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def git(*words: str) -> str:
    ended = subprocess.run(["git", "-C", PACKAGE_ROOT.parent, *words], capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def write(key: str, command: str, body: str, *, paper: Path) -> None:
    """Put a section in the place of the one of before."""
    day = datetime.datetime.now(tz=datetime.UTC).date()
    text = (
        f"<!-- {key} -->\n## {SECTIONS[key]}\n\n`{command}`, {day:%-d %B %Y}, commit {commit()}, on {machine()}.\n\n"
        f"{body.strip()}\n<!-- /{key} -->\n"
    )
    kept = sections(paper.read_text()) if paper.exists() else {}
    kept[key] = text
    paper.parent.mkdir(parents=True, exist_ok=True)
    paper.write_text("\n".join([HEAD, *(kept[name] for name in SECTIONS if name in kept)]))


def sections(text: str) -> dict[str, str]:
    """The sections of a paper by their key."""
    return {found[1]: found[0] + "\n" for found in re.finditer(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", text, re.DOTALL)}


def rows(headings: Sequence[str], lines: Iterable[Sequence[str]], *, numbers: Collection[int] = ()) -> str:
    """A table; the columns at these places hold numbers."""
    rule = "|".join("--:" if place in numbers else "---" for place in range(len(headings)))
    return "\n".join([f"| {' | '.join(headings)} |", f"|{rule}|", *(f"| {' | '.join(line)} |" for line in lines)])


def of_figures(figures: Iterable[Figure]) -> str:
    """Figures with their goals."""
    return rows(
        ("What", "Measured", "Goal", "", "Note"),
        ((one.name, amount(one.value, one.unit), amount(one.goal, one.unit), verdict(one), one.note) for one in figures),
        numbers=(1, 2),
    )


def verdict(figure: Figure) -> str:
    return {"miss": "**misses**", "not measured": "**not measured**"}.get(figure.verdict, figure.verdict)
