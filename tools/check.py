"""`./run check`: every check in turn, all of them even when one fails; a line each, and what a failing one said."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import words

ROOT = Path(__file__).resolve().parent.parent
Command = list[str | Path]


def tool(name: str) -> Path:
    return Path(sys.executable).parent / name


def templates() -> list[Path]:
    return sorted(ROOT.glob("src/buurtdraad/*/templates"))


def addresses() -> Iterator[str]:
    """Lines of the locks that name a host: a lock holds hashes, and every machine its own registry."""
    files = [ROOT / "package-lock.json", *sorted((ROOT / "requirements").iterdir())]
    for file in filter(Path.exists, files):
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            if re.search(r"https?://", line):
                yield f"{file.relative_to(ROOT)}:{number}: {line.strip()}"


def catalogues() -> Iterator[str]:
    yield from words.flaws()
    if shutil.which("xgettext"):
        yield from words.stale()


def checks() -> Iterator[tuple[str, Command | Callable[[], Iterator[str]]]]:
    """Name and check: a program that ends with 0, or a function that yields what is wrong."""
    python = Path(sys.executable)
    yield "format", [tool("ruff"), "format", "--check", "--quiet", "."]
    yield "lint", [tool("ruff"), "check", "--quiet", "."]
    yield "types", [python, "-m", "mypy"]
    yield "contracts between rooms", [python, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    if found := templates():
        yield "templates", [tool("djangofmt"), "--check", *found]
    yield "migrations are made", [python, str(ROOT / "tools" / "migrations_made.py")]
    yield "migrations lock no large table", [python, str(ROOT / "tools" / "migrations_locked.py")]
    yield "translations", catalogues
    yield "licences", [python, "-m", "reuse", "lint", "--quiet"]
    yield "locks name no host", addresses
    if under_test := [file for file in ("tests/test_docs.py", "tests/test_house.py") if (ROOT / file).exists()]:
        yield "docs and house rules", [python, "-m", "pytest", "-p", "no:randomly", *under_test]


def outcome(check: Command | Callable[[], Iterator[str]]) -> tuple[bool, str]:
    """Whether it is right, and what the check said."""
    if callable(check):
        wrong = "\n".join(check())
        return not wrong, wrong
    ended = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"NO_COLOR": "1"})
    return ended.returncode == 0, (ended.stdout + ended.stderr).strip()


def main() -> int:
    failed = []
    for name, check in checks():
        right, said = outcome(check)
        print(f"{'ok    ' if right else 'FAILED'}  {name}", flush=True)
        if not right:
            failed.append(name)
            print("\n".join(f"        {line}" for line in said.splitlines()), flush=True)
    if failed:
        print(f"{len(failed)} failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
