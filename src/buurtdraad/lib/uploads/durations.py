"""How many seconds a sound lasts, as its file says it; None where it does not say. Nothing is decoded."""

import re
import struct
from collections.abc import Callable, Iterator

# --- wav -----------------------------------------------------------------------------------------


def chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The parts of a RIFF file: name, start and length."""
    at = 12
    while at + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, at)
        yield name, at + 8, min(length, len(content) - at - 8)
        at += 8 + length + length % 2


def wav_format(content: bytes) -> int | None:
    """The number of the coding of a WAV file; None when it names none."""
    start = next((start for name, start, length in chunks(content) if name == b"fmt " and length >= 16), None)
    return None if start is None else struct.unpack_from("<H", content, start)[0]


def of_wav(content: bytes) -> float | None:
    found = {name: (start, length) for name, start, length in chunks(content)}
    if b"data" not in found:
        raise ValueError("no sound in it")
    a_second = struct.unpack_from("<I", content, found[b"fmt "][0] + 8)[0]
    return found[b"data"][1] / a_second if a_second else None


# --- ogg -----------------------------------------------------------------------------------------


def of_ogg(content: bytes) -> float | None:
    """The last page says how many samples there were."""
    page = content.rfind(b"OggS")
    if page < 0 or page + 14 > len(content):
        return None
    samples = struct.unpack_from("<q", content, page + 6)[0]
    vorbis = content[:4096].find(b"\x01vorbis")
    rate = struct.unpack_from("<I", content, vorbis + 12)[0] if vorbis >= 0 else 48_000
    return samples / rate if samples > 0 and rate else None


# --- mp3 -----------------------------------------------------------------------------------------

# Thousands of bits a second of layer III, of MPEG 1 and of MPEG 2 and 2.5.
BITS = ((0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320), (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160))
RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def frame(content: bytes, at: int) -> tuple[int, float] | None:
    """Length in bytes and in seconds of the frame of layer III that begins here; None where none begins."""
    if at + 4 > len(content) or content[at] != 0xFF or content[at + 1] & 0xE6 != 0xE2:
        return None
    version, third = content[at + 1] >> 3 & 3, content[at + 2]
    bits, rate = third >> 4, third >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return None
    hertz, samples = RATES[version][rate], 1152 if version == 3 else 576
    return samples // 8 * BITS[version != 3][bits] * 1000 // hertz + (third >> 1 & 1), samples / hertz


def mp3_start(content: bytes) -> int:
    """Where the sound begins: behind the description (ID3), if there is one."""
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    a, b, c, d = content[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)


def mp3_frames(content: bytes) -> bool:
    """Whether three frames follow each other: chance does not make that."""
    at = mp3_start(content)
    while at < len(content) and content[at] == 0:
        at += 1
    for _each in range(3):
        found = frame(content, at)
        if found is None:
            return False
        at += found[0]
    return True


def of_mp3(content: bytes) -> float | None:
    at, seconds = mp3_start(content), 0.0
    while at < len(content):
        found = frame(content, at)
        if found:
            at, seconds = at + found[0], seconds + found[1]
        else:
            at = content.find(b"\xff", at + 1)
            if at < 0:
                break
    return seconds


# --- m4a -----------------------------------------------------------------------------------------


def of_m4a(content: bytes) -> float | None:
    """From the header, else (as browsers record) from where the last fragment begins."""
    times = (box_times(content, match.start()) for match in re.finditer(rb"mdhd", content))
    rate, length = next((pair for pair in times if pair), (0, 0))
    if not rate:
        return None
    begins = [fragment_time(content, match.start()) for match in re.finditer(rb"tfdt", content)]
    return max([length, *begins]) / rate or None


def box_times(content: bytes, at: int) -> tuple[int, int] | None:
    """Steps a second, and how many steps the track lasts (0: not said)."""
    wide = content[at + 4 : at + 5] == b"\x01"
    rate, length = struct.unpack_from(">IQ" if wide else ">II", content.ljust(at + 64, b"\0"), at + (24 if wide else 16))
    return (rate, 0 if length in (2**32 - 1, 2**64 - 1) else length) if rate else None


def fragment_time(content: bytes, at: int) -> int:
    wide = content[at + 4 : at + 5] == b"\x01"
    return struct.unpack_from(">Q" if wide else ">I", content.ljust(at + 16, b"\0"), at + 8)[0]


# --- webm ----------------------------------------------------------------------------------------

SEGMENT, CLUSTER, INFO = 0x18538067, 0x1F43B675, 0x1549A966
INSIDE = {SEGMENT, CLUSTER, INFO}


def number(content: bytes, at: int, keep_mark: bool) -> tuple[int, int]:
    """A number of EBML and where the next thing begins. Raises `IndexError` at the end of the file."""
    first = content[at]
    length = 9 - first.bit_length()
    if length > 8:
        raise ValueError("no EBML")
    value = first if keep_mark else first & (1 << (8 - length)) - 1
    for byte in content[at + 1 : at + length]:
        value = value << 8 | byte
    return value, at + length


def elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The elements that tell of time, from those that hold them too; a recording that broke off ends quietly."""
    at = 0
    while at < len(content):
        try:
            name, at = number(content, at, keep_mark=True)
            length, at = number(content, at, keep_mark=False)
        except IndexError:
            return
        if name in INSIDE:
            continue
        yield name, content[at : at + min(length, 8)]
        at += length


def of_webm(content: bytes) -> float | None:
    """From the header, else (as browsers record) from the last block."""
    scale, said, cluster, last = 1_000_000, 0.0, 0, 0
    for name, value in elements(content):
        match name:
            case 0x2AD7B1:  # nanoseconds in a step
                scale = int.from_bytes(value)
            case 0x4489:  # the duration, in steps
                said = struct.unpack(">d" if len(value) == 8 else ">f", value)[0] if len(value) in (4, 8) else 0.0
            case 0xE7:  # when a cluster begins
                cluster = int.from_bytes(value)
                last = max(last, cluster)
            case 0xA3 if len(value) >= 3:  # a block, after its cluster
                last = max(last, cluster + struct.unpack_from(">h", value, 1)[0])
    seconds = max(said, last) * scale / 1e9
    return seconds if 0 < seconds < 1e9 else None


BY_KIND: dict[str, Callable[[bytes], float | None]] = {
    "wav": of_wav, "ogg": of_ogg, "mp3": of_mp3, "m4a": of_m4a, "webm": of_webm,
}  # fmt: skip
