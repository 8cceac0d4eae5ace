"""Checking a document: what it is by its content, and that nothing in it runs, unpacks without end, or is two things at once.

No document is ever opened or shown by us: it is kept as it came, and given back to be saved.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from buurtdraad.lib.uploads.pictures import read_at_most
from buurtdraad.lib.uploads.refusals import Broken, HasProgram, Locked, NoDocument, UnpacksTooLarge

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000  # bytes of all entries together
MOST_RATIO = 200  # unpacked to packed, of an entry above a megabyte; text in XML reaches 100
PIECE = 65_536

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
RUNS_IN_PDF = re.compile(rb"/(JavaScript|Launch|XFA|RichMedia)\b")
RUNS_IN_OFFICE = re.compile(
    r"(vbaProject|vbaData)[^/]*$|(^|/)(activeX|macrosheets|dialogsheets|customUI\w*)/|\.(exe|dll|js|vbs|bat|cmd|scr|hta)$", re.I
)
OLE_OBJECT = re.compile(r"(^|/)embeddings/.*\.bin$", re.I)
RUNS_IN_ODT = re.compile(r"^(Basic|Scripts)/|^Object [^/]*/?$", re.I)
# A template or frame from elsewhere brings macros in when the document is opened.
FROM_ELSEWHERE = re.compile(
    rb"(attachedTemplate|oleObject|/frame|subDocument)\"[^>]*TargetMode=\"External\"|TargetMode=\"External\"[^>]*(attachedTemplate|oleObject|/frame|subDocument)\""
)


@dataclass(frozen=True)
class CheckedDocument:
    """What may be kept: the bytes as they came, and of which kind they are ("pdf", "docx", "xlsx" or "odt")."""

    kind: str
    content: bytes

    @property
    def content_type(self) -> str:
        return TYPES[self.kind]


def check(file: IO[bytes], *, most_bytes: int) -> CheckedDocument:
    """Say what a document is. Raises a `FileRefused` that tells the person what to do instead."""
    content = read_at_most(file, most_bytes)
    if content.startswith(PDF):
        check_pdf(content)
        return CheckedDocument("pdf", content)
    if content.startswith(ZIP):
        return CheckedDocument(kind_of_zip(content), content)
    raise NoDocument


def check_pdf(content: bytes) -> None:
    """Whole (header first, end mark last), nothing else at the same time, and no program that shows.

    A program inside a packed part is not found; that is why documents are only ever given back to be saved.
    """
    end = content.rfind(b"%%EOF")
    if end < 0 or end < len(content) - 1024:
        raise Broken
    if content[end + 5 :].strip(b"\r\n\t \x00") or zipfile.is_zipfile(io.BytesIO(content)):
        raise NoDocument
    if RUNS_IN_PDF.search(content):
        raise HasProgram


def kind_of_zip(content: bytes) -> str:
    """Which office document this is, after a look at every entry."""
    if PDF in content[:1024]:
        raise NoDocument  # readers of PDF take a header that comes late
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            check_frame(packed, entries, len(content))
            for entry in entries:
                unpack(packed, entry)
            kind = kind_by_content(packed, entries)
            check_programs(packed, entries, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, OverflowError):
        raise Broken from None
    return kind


def check_frame(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], length: int) -> None:
    """Nothing before, between or behind the entries that the list does not name, and no entry twice."""
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Locked
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UnpacksTooLarge
    names = [entry.filename for entry in entries]
    if not entries or packed.comment or len(set(names)) < len(names) or any(leads_out(name) for name in names):
        raise NoDocument
    if min(entry.header_offset for entry in entries) or sum(entry.compress_size for entry in entries) > length:
        raise NoDocument  # bytes before the first entry; entries that lie over each other


def leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or "\x00" in name


def unpack(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read an entry to its end, a piece at a time: its size is as said, its checksum right, its ratio ordinary."""
    if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise UnpacksTooLarge
    seen = 0
    with packed.open(entry) as file:
        while piece := file.read(PIECE):
            seen += len(piece)
            if seen > entry.file_size:
                raise UnpacksTooLarge


def kind_by_content(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename for entry in entries}
    if entries[0].filename == "mimetype":
        if packed.read("mimetype") == TYPES["odt"].encode() and "content.xml" in names:
            return "odt"
        raise NoDocument
    if "[Content_Types].xml" not in names:
        raise NoDocument
    types = packed.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise HasProgram
    for kind, main in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        if f"{TYPES[kind]}.main+xml".encode() in types and main in names:
            return kind
    raise NoDocument


def check_programs(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], kind: str) -> None:
    """No macro, no embedded program, no template that would bring one."""
    for entry in entries:
        name = entry.filename
        if RUNS_IN_OFFICE.search(name) or OLE_OBJECT.search(name) or (kind == "odt" and RUNS_IN_ODT.search(name)):
            raise HasProgram
        if name.endswith(".rels") and FROM_ELSEWHERE.search(packed.read(entry)):
            raise HasProgram
