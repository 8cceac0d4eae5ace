"""Small sounds of each kind, and what only looks like one."""

import io
import struct
import wave

HTML = b"<html><script>alert(1)</script></html>"


def wav(seconds=1.0, rate=8000):
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        file.writeframes(b"\x80" * int(seconds * rate))
    return buffer.getvalue()


def mp3(frames=40, tag=b""):
    """MPEG 1, layer III, 32 kbit/s, 44.1 kHz: 104 bytes a frame."""
    return tag + (b"\xff\xfb\x10\x00" + b"\x00" * 100) * frames


def ogg(seconds=2):
    head = b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead\x01\x01"
    return head + b"OggS\x00\x04" + struct.pack("<q", seconds * 48_000) + b"\x00" * 14


def element(name, content):
    return name + bytes([0x08]) + len(content).to_bytes(4) + content


def webm(seconds=3, codec=b"A_OPUS"):
    """As a browser records: no duration in the header, a cluster of unknown length."""
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    info = element(b"\x15\x49\xa9\x66", element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3)))
    tracks = element(b"\x16\x54\xae\x6b", element(b"\xae", element(b"\x86", codec)))
    block = element(b"\xa3", b"\x81" + struct.pack(">h", 500) + b"\x80sound")
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff" + element(b"\xe7", (seconds * 1000 - 500).to_bytes(4)) + block
    return head + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + info + tracks + cluster


def m4a(seconds=4, film=False, fragments=False):
    length = 0 if fragments else seconds * 1000
    mdhd = b"mdhd" + bytes(4) + struct.pack(">IIII", 0, 0, 1000, length) + bytes(4)
    content = (
        b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42"
        + b"\x00\x00\x00\x20"
        + mdhd
        + b"hdlr"
        + bytes(8)
        + b"soun"
        + (b"hdlr" + bytes(8) + b"vide" if film else b"")
    )
    return content + (b"tfdt" + bytes(4) + struct.pack(">I", seconds * 1000) if fragments else b"")


EACH = {"wav": wav(), "mp3": mp3(), "ogg": ogg(), "webm": webm(), "m4a": m4a()}
