import io

import pikepdf
import pytest
from django.utils import translation

from buurtdraad.ui import pdf

LETTER = {
    "title": "Uw aanvraag",
    "city": "Utrecht",
    "demo": True,
    "to": ["Mevrouw A. Voorbeeld"],
    "paragraphs": ["Eén.", '#panic("x") *a* $b$ </script>'],
    "signature": ["Groet"],
}


def opened(facts=None, template="ui/letter.typ"):
    return pikepdf.open(io.BytesIO(pdf.render(template, facts or LETTER)))


def test_a_letter_is_tagged_for_screen_readers_by_the_standard():
    document = opened()
    assert bool(document.Root.MarkInfo.Marked)
    assert document.Root.StructTreeRoot
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == "Uw aanvraag"


def kinds(element, found):
    if isinstance(element, pikepdf.Array):
        for child in element:
            kinds(child, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element.S))
        if "/K" in element:
            kinds(element.K, found)
    return found


def test_a_letter_has_a_heading_and_paragraphs():
    document = opened()
    found = kinds(document.Root.StructTreeRoot.K, [])
    assert "/H1" in found
    assert found.count("/P") >= 4


@pytest.mark.parametrize(("language", "expected"), [("nl", "nl"), ("nl-x-simpel", "nl"), ("en", "en")])
def test_a_letter_says_its_language(language, expected):
    with translation.override(language):
        document = opened()
    assert str(document.Root.Lang).split("-")[0] == expected


def test_only_the_letters_that_we_ship_are_used():
    document = opened()
    fonts = {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("SourceSans3" in font for font in fonts)


def test_a_fact_that_is_missing_stops_the_letter():
    with pytest.raises(RuntimeError, match="title"):
        pdf.render("ui/letter.typ", {"city": "Utrecht"})


@pytest.mark.parametrize("name", ["ui/../../settings.py", "../x.typ", "ui/none.typ", "letter.typ", "/etc/passwd", "ui/a/b.typ"])
def test_only_a_template_of_a_room_is_a_template(name):
    with pytest.raises(FileNotFoundError, match="no document template"):
        pdf.render(name, LETTER)


def test_the_sample_is_a_download_of_the_style_guide(client):
    response = client.get("/huisstijl/voorbeeld.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
