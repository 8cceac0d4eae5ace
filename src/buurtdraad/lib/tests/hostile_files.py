"""Files that are not what they seem, made on the spot."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from buurtdraad.lib.uploads.documents import TYPES

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def picture(size=(800, 600), kind="JPEG", colour=(200, 120, 40), **options):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **options)
    return file.getvalue()


def noise(size=(1600, 1200), **options):
    """A picture that cannot be made small by packing."""
    file = io.BytesIO()
    Image.effect_noise(size, 120).convert("RGB").save(file, "JPEG", quality=95, **options)
    return file.getvalue()


def with_place(turned=6):
    """A JPEG of a telephone on its side, with GPS and a maker."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Telefoon van Kees"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 30.0), 3: "E", 4: (5.0, 7.0, 0.0)})
    return picture((800, 400), exif=exif.tobytes())


def png_that_says(width, height):
    """A PNG whose head promises so many dots; a few bytes."""

    def part(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")


def packed(entries, *, comment=b"", method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries:
            # Without the hour: the same bytes each time, for they name tests.
            archive.writestr(zipfile.ZipInfo(name), content, method)
        archive.comment = comment
    return file.getvalue()


def types(kind):
    return f'<Types><Override PartName="/m" ContentType="{TYPES[kind]}.main+xml"/></Types>'


def docx(*more, **options):
    return packed([("[Content_Types].xml", types("docx")), ("word/document.xml", "<document/>"), *more], **options)


def xlsx(*more):
    return packed([("[Content_Types].xml", types("xlsx")), ("xl/workbook.xml", "<workbook/>"), *more])


def odt(*more):
    return packed([("mimetype", TYPES["odt"]), ("content.xml", "<office/>"), *more])


def overlapping(times=50):
    """A zip whose list names the same packed bytes many times (a bomb that does not look like one)."""
    content = zlib.compress(b"\0" * 900_000)[2:-4]
    crc = zlib.crc32(b"\0" * 900_000)
    name = b"a"
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(content), 900_000, 1, 0) + name + content
    rows = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(content), 900_000, 3, 0, 0, 0, 0, 0, 0)
        + f"{number:03}".encode()
        for number in range(times)
    )
    return local + rows + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, times, times, len(rows), len(local), 0)
