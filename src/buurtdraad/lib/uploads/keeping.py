"""Keeping files under random names in the data folder's `uploads`, whoever sent them and however they called them."""

import datetime
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.lib.uploads.pictures import CleanPicture
from buurtdraad.lib.uploads.sounds import CheckedSound

KEY_LETTERS = set("0123456789abcdef")
KEY_LENGTH = 32


def folder() -> Path:
    """Where uploads are. Raises `ImproperlyConfigured` where the process has no data folder."""
    home = Path(settings.BUURTDRAAD_HOME)
    if not home.is_dir():
        raise ImproperlyConfigured(f"BUURTDRAAD_HOME ({home}) is no folder: there is no place for uploads.")
    return home / "uploads"


def place(key: str) -> Path:
    """The folder of one upload. Raises `ValueError` for what cannot be a key of ours."""
    if len(key) != KEY_LENGTH or not set(key) <= KEY_LETTERS:
        raise ValueError("no key of an upload")
    return folder() / key[:2] / key


@contextmanager
def kept_picture(picture: CleanPicture) -> Iterator[str]:
    """Keep the sizes of a picture; gives its key, and takes the files away again when the block fails.

    Put the transaction that stores the key inside the block, so that neither stays without the other.
    """
    with kept({f"{width}.webp": content for width, content in picture.sizes.items()}) as key:
        yield key


@contextmanager
def kept_document(document: CheckedDocument) -> Iterator[str]:
    """Keep a document as it came; see `kept_picture`."""
    with kept({f"document.{document.kind}": document.content}) as key:
        yield key


@contextmanager
def kept_sound(sound: CheckedSound) -> Iterator[str]:
    """Keep a sound as it came; see `kept_picture`."""
    with kept({f"sound.{sound.kind}": sound.content}) as key:
        yield key


@contextmanager
def kept_copy(key: str) -> Iterator[str]:
    """Keep the files of an upload once more, for another thing; see `kept_picture`. Raises `FileNotFoundError` where there are none."""
    with kept({file.name: file.read_bytes() for file in place(key).iterdir()}) as copied:
        yield copied


@contextmanager
def kept(files: dict[str, bytes]) -> Iterator[str]:
    """Written beside its place and moved there whole: a full disk leaves nothing half."""
    key = secrets.token_hex(KEY_LENGTH // 2)
    final = place(key)
    fresh = final.with_name(f".{key}")
    try:
        fresh.mkdir(parents=True, mode=0o700)
        for name, content in files.items():
            with os.fdopen(os.open(fresh / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        fresh.rename(final)
        yield key
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(final, ignore_errors=True)
        raise


def forget(key: str) -> None:
    """Destroy the files of one upload; nothing happens where there are none. Do it after the commit that removed the key."""
    shutil.rmtree(place(key), ignore_errors=True)


def old_sounds(*, before: datetime.datetime) -> list[str]:
    """The keys of all sounds that were kept before a moment: to destroy those that no table names any more."""
    found = folder().glob("??/*/sound.*")
    return sorted({path.parent.name for path in found if path.stat().st_mtime < before.timestamp() and len(path.parent.name) == KEY_LENGTH})
