"""What is known of a picture that was cleaned (`drawing`): the sizes in which it is kept."""

from dataclasses import dataclass
from typing import IO

from buurtdraad.lib.uploads.refusals import Empty, TooLarge

WIDTHS = (320, 640, 1280)  # CSS pixels on a page, and twice that on a sharp screen


@dataclass(frozen=True)
class CleanPicture:
    """A picture drawn anew: its size in pixels, and a WebP of each width, smallest first (at least one)."""

    width: int
    height: int
    sizes: dict[int, bytes]


def read_at_most(file: IO[bytes], most: int) -> bytes:
    """The whole file. Raises `Empty` and `TooLarge`; never reads more than one byte too many."""
    file.seek(0)
    content = file.read(most + 1)
    if not content:
        raise Empty
    if len(content) > most:
        raise TooLarge(most)
    return content


def widths_of(width: int) -> list[int]:
    """The widths in which a picture is kept: never wider than it is."""
    return [size for size in WIDTHS if size <= width] or [width]
