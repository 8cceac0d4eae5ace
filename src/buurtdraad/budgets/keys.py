"""The key of a round: a file outside the database, so that a copy of the database alone tells nothing about anybody's vote.

The folder is `VOTING_KEYS`, else `voting-keys` in the data folder. All processes that serve one city share it. It is made before the
first code, and destroyed when the count was checked; how to keep a copy until then stands in `docs/voting.md`.
"""

import contextlib
import os
import secrets
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from buurtdraad.budgets.models import BudgetRound
from buurtdraad.lib.refusal import Refused

LENGTH = 32  # bytes
# Per process: which file (by its number and its moment) gave which key. Codes of a burst do not each open a file.
_kept: dict[Path, tuple[tuple[int, int], bytes]] = {}


class NoKey(Refused):
    """There is none: no code was made yet, the count is finished, or the file was lost."""

    def __init__(self) -> None:
        super().__init__(_("The codes of this round cannot be read now. Please call us."))


def folder() -> Path:
    """Where keys are. Raises `ImproperlyConfigured` where the process has no data folder."""
    if settings.VOTING_KEYS:
        return Path(settings.VOTING_KEYS)
    home = Path(settings.BUURTDRAAD_HOME)
    if not home.is_dir():
        raise ImproperlyConfigured(f"BUURTDRAAD_HOME ({home}) is no folder: there is no place for the keys of votes.")
    return home / "voting-keys"


def place(uuid: UUID) -> Path:
    """The file of one round's key."""
    return folder() / f"{uuid}.key"


def make_key(round_: BudgetRound) -> bytes:
    """The key of a round, made where there is none; two processes at once agree on it, and a power cut leaves it whole or absent.

    Only for a round without codes: a second key makes every code that was given out before worth nothing. See `actions.codes`.
    """
    file = place(round_.uuid)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f".{secrets.token_hex(8)}")
    try:
        _write(fresh, secrets.token_bytes(LENGTH))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)
    _settle(file.parent)
    return key_of(round_)


def key_of(round_: BudgetRound) -> bytes:
    """The key of a round (32 bytes). Raises `NoKey`; also right after another process destroyed it."""
    file = place(round_.uuid)
    try:
        facts = file.stat()
        mark = (facts.st_ino, facts.st_mtime_ns)
        found = _kept.get(file)
        if found and found[0] == mark:
            return found[1]
        key = file.read_bytes()
    except OSError:
        _kept.pop(file, None)
        raise NoKey from None
    if len(key) != LENGTH:
        raise NoKey
    _kept[file] = (mark, key)
    return key


def destroy_key(round_: BudgetRound) -> None:
    """Nobody can join anything any more. Does nothing when it is gone already."""
    file = place(round_.uuid)
    _kept.pop(file, None)
    with contextlib.suppress(FileNotFoundError):
        with file.open("r+b", buffering=0) as opened:
            opened.write(bytes(LENGTH))
            os.fsync(opened.fileno())
        file.unlink()
        _settle(file.parent)


def _write(file: Path, content: bytes) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(opened, content)
        os.fsync(opened)
    finally:
        os.close(opened)


def _settle(where: Path) -> None:
    """What was made or removed in a folder is so after a power cut too."""
    opened = os.open(where, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
