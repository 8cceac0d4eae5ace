"""The file of a back-up: a plain tar, since what is in it is packed already, that any `tar` can read.

`database.dump` (pg_dump's custom format), `uploads/...`, `manifest.json` and last `manifest.sha256`. A file without the
last one was cut short. The manifest gives size and SHA-256 of all else.
"""

import hashlib
import io
import json
import os
import re
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from buurtdraad.running.backup import BackupRefused

FORMAT = 1
DUMP, MANIFEST, MANIFEST_HASH = "database.dump", "manifest.json", "manifest.sha256"
UPLOAD = re.compile(r"uploads/([0-9a-zA-Z][\w.-]*/)*[0-9a-zA-Z][\w.-]*")
PIECE = 1 << 20
READS = (tarfile.TarError, EOFError, OSError, ValueError, KeyError)


class Writing:
    """One back-up that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.files: dict[str, list] = {}  # name -> [bytes, SHA-256]

    def add(self, name: str, path: Path) -> None:
        """Put a file in, and its hash on the list: of the very bytes that go in."""
        with path.open("rb") as file:
            hashing = Hashing(file)
            self._put(name, os.fstat(file.fileno()).st_size, hashing)
        self.files[name] = [hashing.bytes, hashing.digest()]

    def finish(self, facts: dict) -> None:
        """The manifest, and the hash that says that all is there."""
        manifest = json.dumps({"format": FORMAT} | facts | {"files": self.files}, indent=1, sort_keys=True).encode()
        self._put(MANIFEST, len(manifest), io.BytesIO(manifest))
        digest = hashlib.sha256(manifest).hexdigest().encode()
        self._put(MANIFEST_HASH, len(digest), io.BytesIO(digest))

    def _put(self, name: str, size: int, file) -> None:
        head = tarfile.TarInfo(name)
        head.size, head.mode, head.mtime = size, 0o600, int(time.time())
        self.tar.addfile(head, file)


class Hashing:
    """A file that is hashed while somebody else reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.bytes, self._hash = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.bytes += len(piece)
        self._hash.update(piece)
        return piece

    def digest(self) -> str:
        """Of what was read so far."""
        return self._hash.hexdigest()


@contextmanager
def written(target: Path) -> Iterator[Writing]:
    """Write a back-up beside its place and move it there whole; only its owner may read it. Raises `BackupRefused`."""
    if target.exists():
        raise BackupRefused(f"{target} is there already: give another name, a back-up is never overwritten.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise BackupRefused(f"{target} cannot be written: {problem.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writing(tar)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, target)  # never over a file that came meanwhile
    except FileExistsError:
        raise BackupRefused(f"{target} was made by somebody else meanwhile.") from None
    finally:
        part.unlink(missing_ok=True)


def read_manifest(source: Path) -> dict:
    """The manifest of a back-up, after every file in it was compared with its hash. Raises `BackupRefused` that names the file."""
    if not source.is_file():
        raise BackupRefused(f"There is no file {source}.")
    try:
        with tarfile.open(source, mode="r:") as tar:
            members = {member.name: member for member in tar.getmembers()}
            manifest = content(tar, members[MANIFEST])
            if hashlib.sha256(manifest).hexdigest().encode() != content(tar, members[MANIFEST_HASH]):
                raise BackupRefused(f"{source} is damaged: its list of contents ({MANIFEST}) is not as it was written.")
            facts = json.loads(manifest)
            if facts.get("format") != FORMAT:
                raise BackupRefused(f"{source} has format {facts.get('format')}; this version reads format {FORMAT}.")
            compare(source, tar, members, facts["files"])
    except READS as problem:
        raise BackupRefused(f"{source} is no back-up of this product, or it was cut short ({problem}).") from None
    return facts


def compare(source: Path, tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], files: dict[str, list]) -> None:
    """Every file is there, as it was written, under a name that leads nowhere else; nothing else is there."""
    if DUMP not in files or set(files) | {MANIFEST, MANIFEST_HASH} != set(members):
        raise BackupRefused(f"{source} is damaged: it does not hold what its list says.")
    for name, (size, digest) in files.items():
        member = members[name]
        if not member.isfile() or (name != DUMP and not UPLOAD.fullmatch(name)):
            raise BackupRefused(f"{source} holds {name!r}, which no back-up of ours has.")
        if member.size != size or hash_of(tar, member) != digest:
            raise BackupRefused(f"{source} is damaged: {name} is not as it was written.")


def unpack(source: Path, folder: Path, files: dict[str, list]) -> None:
    """Write the files of a back-up below `folder` (made before, empty), each compared with its hash once more."""
    with tarfile.open(source, mode="r:") as tar:
        for name, (_size, digest) in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = tar.extractfile(name)
            assert file is not None
            hashing = Hashing(file)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                while piece := hashing.read(PIECE):
                    out.write(piece)
            if hashing.digest() != digest:
                raise BackupRefused(f"{source} changed while it was read: {name}.")


def content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    if file is None or member.size > 100_000_000:
        raise ValueError(f"{member.name} is no file")
    return file.read()


def hash_of(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = tar.extractfile(member)
    assert file is not None
    hashing = Hashing(file)
    while hashing.read(PIECE):
        pass
    return hashing.digest()
