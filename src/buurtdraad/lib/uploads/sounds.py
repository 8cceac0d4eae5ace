"""Checking a sound: what it is by its content, that it is no film, and how long it lasts where the file says so.

A sound is kept as it came, played to staff only (`serving.sound`), and destroyed when somebody has written down what is said.
"""

import re
from dataclasses import dataclass
from typing import IO

from buurtdraad.lib.uploads import durations
from buurtdraad.lib.uploads.pictures import read_at_most
from buurtdraad.lib.uploads.refusals import NoSound, TooLong

MOST_SECONDS = 300
# A recording that a browser stops at the limit may last a little longer.
GRACE = 15

TYPES = {"webm": "audio/webm", "ogg": "audio/ogg", "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav"}
EBML = b"\x1a\x45\xdf\xa3"
DOCTYPE = re.compile(rb"\x42\x82.{1,8}?(webm|matroska)", re.DOTALL)
MATROSKA_FILM = re.compile(rb"V_(VP|AV1|MPEG|MS/|THEORA)")
MP4_SOUND, MP4_FILM = re.compile(rb"hdlr.{8}soun", re.DOTALL), re.compile(rb"hdlr.{8}vide", re.DOTALL)
OGG_CODECS = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
WAV_FORMATS = {1, 3, 6, 7, 0xFFFE}
# Of how many bytes the beginning is looked at; telephones put more than the first frame behind an ID3 picture.
HEAD = 4096


@dataclass(frozen=True)
class CheckedSound:
    """What may be kept: the bytes as they came, of which kind ("webm", "ogg", "mp3", "m4a", "wav"), and its seconds if it tells them."""

    kind: str
    content: bytes
    seconds: int | None

    @property
    def content_type(self) -> str:
        return TYPES[self.kind]


def check(file: IO[bytes], *, most_bytes: int) -> CheckedSound:
    """Say what a sound is. Raises `Empty`, `TooLarge`, `NoSound` and `TooLong`."""
    content = read_at_most(file, most_bytes)
    kind = kind_of(content)
    try:
        seconds = durations.BY_KIND[kind](content)
    except (ValueError, IndexError, OverflowError, ArithmeticError):
        raise NoSound from None
    if seconds is not None and seconds > MOST_SECONDS + GRACE:
        raise TooLong(MOST_SECONDS // 60)
    return CheckedSound(kind, content, None if seconds is None else round(seconds))


def kind_of(content: bytes) -> str:
    """Which kind of sound this is. Raises `NoSound` for anything else, a film among it."""
    head = content[:HEAD]
    if head.startswith(EBML) and DOCTYPE.search(head) and b"A_" in head and not MATROSKA_FILM.search(head):
        return "webm"
    if head.startswith(b"OggS") and any(codec in head for codec in OGG_CODECS) and b"theora" not in head:
        return "ogg"
    if head[4:8] == b"ftyp" and MP4_SOUND.search(content) and not MP4_FILM.search(content):
        return "m4a"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE" and durations.wav_format(content) in WAV_FORMATS:
        return "wav"
    if durations.mp3_frames(content):
        return "mp3"
    raise NoSound
