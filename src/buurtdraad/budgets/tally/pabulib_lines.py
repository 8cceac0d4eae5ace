"""Lines and cells of a Pabulib file, within bounds: what is too long or never ends is refused, not read to its end.

The format is text with `;` between cells, quotes around a cell that holds one, and three sections. See pabulib.org/format.
"""

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Self

LONGEST_LINE = 1 << 20  # bytes
MOST_LINES_OF_ONE_ROW = 200  # a text in quotes may go over several lines
MOST_LINES = 5_000_000
LARGEST = 2_000_000_000  # bytes
BLOCK = 1 << 20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Malformed(ValueError):  # noqa: N818 (what is said no to, as Refused)
    """A file that holds no election that can be counted: `file`, `line` (from 1; 0 where it is about the whole file) and `cause`."""

    def __init__(self, file: str | Path, line: int, cause: str) -> None:
        self.file, self.line, self.cause = str(file), line, cause
        super().__init__(f"{file}:{line}: {cause}" if line else f"{file}: {cause}")


class Lines:
    """The lines of one file, as bytes or as rows of cells, in one walk. `number` is the line last given out, from 1.

    Use as `with Lines(path) as lines`. Raises `Malformed` for what cannot be opened, or is out of bounds.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = path
        self.number = 0
        self.row_began = 0
        self.texts: list[str] = []
        self.at_the_end = False

    def __enter__(self) -> Self:
        path = Path(self.path)
        try:
            size = path.stat().st_size
            if not path.is_file():
                raise Malformed(path, 0, "is not a file")  # a pipe or a device may never end
            if size > LARGEST:
                raise Malformed(path, 0, f"is larger than {LARGEST:,} bytes")
            self.file = path.open("rb")
            refuse_too_many(self.file, path)
        except Malformed:
            raise
        except (OSError, ValueError) as problem:
            raise Malformed(path, 0, f"cannot be read: {getattr(problem, 'strerror', None) or problem}") from None
        self.raw = self._raw()
        self.rows = csv.reader(self._text(), delimiter=";")
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def wrong(self, cause: str, line: int | None = None) -> Malformed:
        """The error that says so about this line, or about another."""
        return Malformed(self.path, self.number if line is None else line, cause)

    def _raw(self) -> Iterator[bytes]:
        for line in iter(partial(self.file.readline, LONGEST_LINE), b""):
            self.number += 1
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                raise self.wrong(f"this line is longer than {LONGEST_LINE:,} bytes")
            if self.number == 1 and line.startswith(BYTE_ORDER_MARK):
                yield line[len(BYTE_ORDER_MARK) :]
            else:
                yield line

    def _text(self) -> Iterator[str]:
        for line in self.raw:
            if self.number - self.row_began >= MOST_LINES_OF_ONE_ROW:
                raise self.wrong("a quote opens here and does not close", self.row_began)
            text = self.decoded(line)
            self.texts.append(text)
            yield text
        self.at_the_end = True

    def decoded(self, line: bytes) -> str:
        """One line as text."""
        try:
            text = line.decode()
        except UnicodeDecodeError:
            raise self.wrong("this line is not text in UTF-8") from None
        if "\0" in text:
            raise self.wrong("this line holds a NUL, so it is no text")
        return text

    def row(self) -> list[str] | None:
        """The cells of the next row that is not empty, without the space around them; None at the end of the file."""
        while True:
            self.row_began, self.texts = self.number + 1, []
            try:
                cells = next(self.rows)
                # On one line a quote inside a text does no harm; over several, it may swallow rows.
                if self.at_the_end:
                    raise self.wrong("a quote opens here and does not close", self.row_began)
                if len(self.texts) > 1:
                    list(csv.reader(self.texts, delimiter=";", strict=True))
            except StopIteration:
                return None
            except csv.Error as problem:
                raise self.wrong(f"these cells cannot be told apart ({problem})", self.row_began) from None
            cells = [cell.strip() for cell in cells]
            if any(cells):
                return cells

    def cells_of(self, line: bytes) -> list[str]:
        """The cells of one line of the votes that holds a quote; here a text in quotes ends on its own line."""
        self.row_began = self.number
        text = self.decoded(line)
        try:
            cells = next(csv.reader([text], delimiter=";", strict=True))
        except csv.Error:
            raise self.wrong("the quotes of this line do not fit") from None
        return [cell.strip() for cell in cells]


def refuse_too_many(file: BinaryIO, path: str | Path) -> None:
    """A file of more lines than any city has voters is refused before it is read; counting lines takes no memory."""
    count = 0
    while block := file.read(BLOCK):
        count += block.count(b"\n")
        if count > MOST_LINES:
            raise Malformed(path, MOST_LINES + 1, f"there are more than {MOST_LINES:,} lines")
    file.seek(0)
