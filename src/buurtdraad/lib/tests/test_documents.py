import contextlib
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from buurtdraad.lib.tests import hostile_files as hostile
from buurtdraad.lib.uploads import documents
from buurtdraad.lib.uploads.names import LONGEST, plain_name
from buurtdraad.lib.uploads.refusals import Broken, Empty, FileRefused, HasProgram, Locked, NoDocument, TooLarge, UnpacksTooLarge


def check(content, most=10_000_000):
    return documents.check(io.BytesIO(content), most_bytes=most)


@pytest.mark.parametrize(
    ("content", "kind"), [(hostile.PDF, "pdf"), (hostile.docx(), "docx"), (hostile.xlsx(), "xlsx"), (hostile.odt(), "odt")]
)
def test_a_document_is_known_by_its_content_and_kept_as_it_came(content, kind):
    checked = check(content)
    assert (checked.kind, checked.content) == (kind, content)
    assert checked.content_type.startswith("application/")


@pytest.mark.parametrize(
    "content",
    [
        hostile.SVG,
        hostile.HTML,
        b"MZ\x90\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # Word of before 2007
        b" " + hostile.PDF,
        hostile.packed([("a.txt", "a")]),
        hostile.packed([("mimetype", "application/vnd.oasis.opendocument.presentation"), ("content.xml", "")]),
    ],
)
def test_what_is_no_document_of_ours_is_refused(content):
    with pytest.raises(NoDocument, match="PDF"):
        check(content)


@pytest.mark.parametrize(
    "content",
    [
        hostile.PDF + hostile.docx(),
        hostile.PDF.replace(b"%%EOF\n", b"%%EOF\n" + hostile.HTML),
        hostile.HTML + hostile.docx(),
        b"GIF89a" + hostile.docx(),
        hostile.docx(comment=hostile.HTML),
        hostile.packed([("%PDF-1.4", "x"), ("[Content_Types].xml", hostile.types("docx")), ("word/document.xml", "")]),
    ],
)
def test_a_file_that_is_two_things_at_once_is_refused(content):
    with pytest.raises(NoDocument):
        check(content)


def test_bytes_before_the_first_entry_of_a_zip_are_refused():
    with pytest.raises(NoDocument):
        check(hostile.docx()[:4] + b"x" * 30 + hostile.docx())


@pytest.mark.parametrize(
    "content",
    [
        hostile.docx(("word/vbaProject.bin", "x")),
        hostile.docx(("word/activeX/activeX1.xml", "x")),
        hostile.docx(("word/embeddings/oleObject1.bin", "x")),
        hostile.xlsx(("xl/macrosheets/sheet1.xml", "x")),
        hostile.odt(("Basic/Standard/Module1.xml", "x")),
        hostile.odt(("Scripts/python/a.py", "x")),
        hostile.docx(
            (
                "word/_rels/settings.xml.rels",
                '<Relationship Type="http://x/attachedTemplate" Target="http://x/a.dotm" TargetMode="External"/>',
            )
        ),
        hostile.packed([("[Content_Types].xml", '<Types ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>')]),
        hostile.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        hostile.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/Launch>>"),
    ],
)
def test_a_document_with_a_program_in_it_is_refused(content):
    with pytest.raises(HasProgram, match="macro"):
        check(content)


def test_a_document_with_links_to_websites_is_ordinary():
    links = '<Relationship Type="http://x/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    assert check(hostile.docx(("word/_rels/document.xml.rels", links))).kind == "docx"


@pytest.mark.parametrize("content", [hostile.docx(("a", "\0" * 50_000_000)), hostile.docx(*[(f"n{i}", "") for i in range(2_001)])])
def test_a_zip_bomb_is_refused(content):
    with pytest.raises(UnpacksTooLarge, match="te groot"):
        check(content)


def test_a_zip_bomb_whose_entries_lie_over_each_other_is_refused():
    with pytest.raises(FileRefused):
        check(hostile.overlapping())
    with pytest.raises(FileRefused):
        check(hostile.overlapping(1_500))


def test_an_entry_that_is_larger_than_it_says_is_refused():
    content = bytearray(hostile.docx(("a", "\0" * 500_000)))
    size = (500_000).to_bytes(4, "little")
    at = content.find(size)
    while at >= 0:
        content[at : at + 4] = (100).to_bytes(4, "little")
        at = content.find(size)
    with pytest.raises(FileRefused):
        check(bytes(content))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\a", "a/../../b"])
def test_a_zip_that_leads_out_of_its_folder_is_refused(name):
    with pytest.raises(NoDocument):
        check(hostile.docx((name, "x")))


def test_a_locked_file_says_what_to_do():
    content = hostile.docx().replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
    content = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    with pytest.raises(Locked, match="wachtwoord"):
        check(content)


@pytest.mark.parametrize("content", [hostile.PDF[:-7], hostile.docx()[:-30], hostile.docx()[:60], hostile.PDF[:20]])
def test_a_file_that_was_cut_short_is_refused(content):
    with pytest.raises(Broken, match="beschadigd"):
        check(content)


def test_size_and_emptiness_are_said():
    with pytest.raises(TooLarge):
        check(hostile.PDF, most=20)
    with pytest.raises(Empty):
        check(b"")


@given(st.sampled_from([hostile.docx(), hostile.odt(), hostile.PDF]), st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6))
def test_a_damaged_document_is_taken_or_refused_and_nothing_else(content, changes):
    changed = bytearray(content)
    for place, value in changes:
        changed[place % len(changed)] = value
    with contextlib.suppress(FileRefused):
        assert check(bytes(changed)).content == bytes(changed)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Begroting 2026.pdf", "Begroting 2026.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\map\\plan.docx", "plan.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("plan\u202efdp.exe", "planfdp.pdf"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
        ("....", "bestand.pdf"),
        ("", "bestand.pdf"),
        ('"><script>.html', "script.pdf"),
        ("Café \u0301.pdf", "Café \u0301.pdf"),
    ],
)
def test_a_name_is_made_plain(sent, name):
    assert plain_name(sent, kind="pdf") == name


@given(st.text(max_size=300))
@example("\ud800")
def test_no_name_steers_or_leads_anywhere(sent):
    name = plain_name(sent, kind="pdf")
    assert name.endswith(".pdf")
    assert 4 < len(name) <= LONGEST
    assert not set(name) & set('/\\\r\n\0"<>')
    assert name == plain_name(name, kind="pdf")
    name.encode()
