"""Compile catalogues of translations: compile.py FILE.po ... (Babel; `msgfmt` is not on every machine)."""

import io
import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError
from words import read


def compiled(po: Path) -> bytes:
    """The binary form of one catalogue, without the entries that are marked as fuzzy."""
    binary = io.BytesIO()
    write_mo(binary, read(po))
    return binary.getvalue()


def main(files: list[str]) -> int:
    for po in map(Path, files):
        fresh = po.with_suffix(f".{os.getpid()}.new")
        try:
            fresh.write_bytes(compiled(po))
        except (PoFileError, ValueError) as problem:
            print(f"{po}: {problem}", file=sys.stderr)
            return 1
        fresh.replace(po.with_suffix(".mo"))  # whole or not at all: a running server may read it
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
