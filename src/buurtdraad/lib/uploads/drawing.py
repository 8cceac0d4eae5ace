"""Cleaning a picture: what comes out is drawn anew, so nothing of what came in is left but what one sees.

The kind is that of the content, never of the name or of what the browser says. Place, time and camera (EXIF, GPS)
go; a telephone's turn is carried out first. HEIC and SVG are refused: browsers on a telephone send JPEG when asked.
Loaded by the first picture that somebody sends: Pillow is memory that a page does not need.
"""

import io
import struct
import zlib
from typing import IO

from PIL import Image, ImageCms, ImageOps

from buurtdraad.lib.uploads.pictures import WIDTHS, CleanPicture, read_at_most, widths_of
from buurtdraad.lib.uploads.refusals import NoPicture, TooManyPixels

KINDS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000  # a telephone's largest, and 150 MB of memory while it is cleaned
# Bytes; a page shows many of the small ones at once. The largest is looked at one by one.
MOST_BYTES = {320: 60_000, 640: 60_000, 1280: 250_000}
PAGE_DOTS, PAGE_INCHES = 2400, 11.7  # of the long side of a page of A4
QUALITIES = (80, 70, 60, 50, 40, 30, 20, 10)
# What Pillow raises for bytes that are not what they seem.
UNREADABLE = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, MemoryError, AttributeError,
    RuntimeError, struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def clean(file: IO[bytes], *, most_bytes: int) -> CleanPicture:
    """Draw the (first frame of the) picture anew in the sizes of a page.

    Raises `Empty`, `TooLarge` (more than `most_bytes`), `TooManyPixels` before anything is unpacked, and `NoPicture`.
    """
    picture = opened_plain(read_at_most(file, most_bytes), most=max(WIDTHS))
    return CleanPicture(picture.width, picture.height, {width: drawn(picture, width) for width in widths_of(picture.width)})


def as_page(content: bytes) -> bytes:
    """A picture of a paper, drawn anew as a PDF of one page that can still be read. Raises `TooManyPixels` and `NoPicture`."""
    picture = opened_plain(content, most=PAGE_DOTS)
    picture.thumbnail((PAGE_DOTS, PAGE_DOTS), Image.Resampling.LANCZOS)
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    written = io.BytesIO()
    page.save(written, "PDF", resolution=PAGE_DOTS / PAGE_INCHES, quality=QUALITIES[0])
    return written.getvalue()


def opened_plain(content: bytes, *, most: int) -> Image.Image:
    """The picture without anything but its dots, unpacked no larger than needed for `most` dots a side."""
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise TooManyPixels(MOST_PIXELS)
            opened.draft("RGB", (most, most))  # of a large JPEG only what we need is unpacked
            opened.load()
            return plain(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels(MOST_PIXELS) from None
    except UNREADABLE:
        raise NoPicture from None


def plain(opened: Image.Image) -> Image.Image:
    """Upright, in the colours of a screen (sRGB), without anything but its dots."""
    upright = ImageOps.exif_transpose(opened)
    colours = in_srgb(upright)
    mode = "RGBA" if colours.has_transparency_data else "RGB"
    bare = Image.new(mode, colours.size)
    bare.paste(colours.convert(mode))
    return bare


def in_srgb(picture: Image.Image) -> Image.Image:
    """With the colours that its profile means; one with a broken profile stays as it is."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    try:
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture


def drawn(picture: Image.Image, width: int) -> bytes:
    """A WebP of this width, in the best quality that stays below the bytes for it."""
    height = max(1, round(picture.height * width / picture.width))
    # A strip of a million dots high would be as heavy in small as it was in large.
    small = picture.copy()
    small.thumbnail((width, min(height, 4 * width)), Image.Resampling.LANCZOS)
    content = b""
    for quality in QUALITIES:
        written = io.BytesIO()
        small.save(written, "WEBP", quality=quality, method=4)
        content = written.getvalue()
        if len(content) <= MOST_BYTES.get(width, MOST_BYTES[640]):
            break
    return content
