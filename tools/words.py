"""The catalogues of translations: gather texts per room, and say what is missing in them."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/buurtdraad"
DUTCH, EASY = "nl", "nl_X-simpel"


def rooms() -> list[Path]:
    """The rooms that have texts to translate: those with a folder `locale`."""
    return sorted(folder.parent for folder in PACKAGE.glob("*/locale"))


def catalogue(room: Path, language: str) -> Path:
    return room / f"locale/{language}/LC_MESSAGES/django.po"


def read(po: Path) -> Catalog:
    """One catalogue; raises `babel.messages.pofile.PoFileError` where it cannot be read."""
    text = po.read_text(encoding="utf-8").replace(f"Language: {EASY}", f"Language: {DUTCH}")
    return read_po(text.splitlines(keepends=True), abort_invalid=True)


def gather(room: Path) -> str:
    """Bring the catalogues of a room up to date with its texts; returns what went wrong, or nothing."""
    command = [sys.executable, "-P", "-m", "django", "makemessages", "-l", DUTCH, "-l", EASY, "--no-location", "--no-wrap", "--no-obsolete"]
    # The texts of tests and built files are not for people.
    command += ["--ignore=tests", "--ignore=built"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ended = subprocess.run(command, cwd=room, env=environment, capture_output=True, text=True)
    if ended.returncode:
        return ended.stderr.strip()
    # gettext knows no easy Dutch: its plurals are those of Dutch.
    easy = catalogue(room, EASY)
    text = easy.read_text(encoding="utf-8").replace(f"Language: {EASY}", f"Language: {DUTCH}")
    easy.write_text(text.replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=(n != 1)"), encoding="utf-8")
    return ""


def flaws() -> Iterator[str]:
    """One line per text that has no right translation, in every room."""
    for room in rooms():
        for language in (DUTCH, EASY):
            po = catalogue(room, language)
            if not po.exists():
                yield f"{po.relative_to(ROOT)}: missing (./run messages makes it)"
                continue
            for message in read(po):
                for flaw in flaws_of(message, complete=language == DUTCH):
                    yield f"{po.relative_to(ROOT)}: {flaw}: {message.id!r}"


def flaws_of(message: Message, *, complete: bool) -> Iterator[str]:
    """What is wrong with one entry. Easy Dutch may leave a text out: then the Dutch one shows."""
    if not message.id:
        return
    texts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    if message.fuzzy:
        yield "marked as fuzzy"
    elif not all(texts):
        if complete or any(texts):
            yield "not translated"
    else:
        for problem in message.check():
            yield str(problem)


def stale() -> Iterator[str]:
    """One line per room whose catalogues lack a text or hold one that is gone. Needs `xgettext`."""
    with tempfile.TemporaryDirectory() as folder:
        for room in rooms():
            copy = Path(folder) / room.name
            shutil.copytree(room, copy, ignore=shutil.ignore_patterns("__pycache__", "tests", "built", "migrations", "*.mo"))
            if problem := gather(copy):
                yield f"{room.name}: {problem}"
                continue
            for language in (DUTCH, EASY):
                before, after = ids(catalogue(room, language)), ids(catalogue(copy, language))
                yield from (f"{room.name}, {language}: new text {text!r}" for text in sorted(after - before))
                yield from (f"{room.name}, {language}: text that is gone {text!r}" for text in sorted(before - after))


def ids(po: Path) -> set[str]:
    if not po.exists():
        return set()
    return {str(message.id) for message in read(po) if message.id}
