"""Keeping, giving back and asking for files."""

import io
from contextlib import contextmanager

import pytest
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models, transaction
from django.http import Http404
from django.test.utils import isolate_apps
from django.utils import timezone

from buurtdraad.lib.tests import hostile_files as hostile
from buurtdraad.lib.uploads import documents, drawing, keeping, pictures, serving
from buurtdraad.lib.uploads.fields import DocumentField, PaperField, PictureForm
from buurtdraad.lib.uploads.models import DocumentUpload, People, PictureUpload

FORM = {"alt": "Een bankje in de zon", "people": "nobody"}


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.BUURTDRAAD_HOME = tmp_path
    return tmp_path


def files(home):
    return sorted(path for path in home.rglob("*") if path.is_file())


def cleaned():
    return drawing.clean(io.BytesIO(hostile.picture()), most_bytes=10_000_000)


def checked():
    return documents.check(io.BytesIO(hostile.PDF), most_bytes=10_000_000)


@contextmanager
def closing(answer):
    """An answer whose file is closed, as the web server does."""
    yield answer
    answer.close()


def document(name="plan.pdf"):
    class Letter(DocumentUpload):
        class Meta:
            app_label = "lib"

    with keeping.kept_document(checked()) as key:
        return Letter(key=key, name=name, kind="pdf", bytes=1, given_at=timezone.now())


# --- keeping ---------------------------------------------------------------------------------


def test_a_file_is_kept_under_a_random_name_that_only_we_can_read(home):
    with keeping.kept_picture(cleaned()) as key:
        pass
    kept = files(home)
    assert [path.name for path in kept] == ["320.webp", "640.webp"]
    assert {path.parent.name for path in kept} == {key}
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)


def test_when_the_row_fails_the_files_go_too(home):
    with pytest.raises(RuntimeError), keeping.kept_document(checked()):
        raise RuntimeError
    assert files(home) == []


def test_forgetting_destroys_the_files_and_a_second_time_nothing(home):
    with keeping.kept_document(checked()) as key:
        pass
    keeping.forget(key)
    keeping.forget(key)
    assert files(home) == []


@pytest.mark.parametrize("key", ["", "..", "../" * 10 + "ab", "A" * 32, "a" * 31, "a" * 31 + "/", "a" * 31 + "\0"])
def test_what_is_no_key_of_ours_leads_to_no_file(key):
    with pytest.raises(ValueError, match="no key"):
        keeping.place(key)


# --- giving back -----------------------------------------------------------------------------


@pytest.mark.django_db  # closing an answer closes old connections too
@isolate_apps("buurtdraad.lib")
def test_a_document_comes_back_to_be_saved_and_can_do_nothing():
    with closing(serving.attachment(document())) as answer:
        assert b"".join(answer.streaming_content) == hostile.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


@pytest.mark.django_db  # closing an answer closes old connections too
@isolate_apps("buurtdraad.lib")
@pytest.mark.parametrize("name", ["a\r\nX-Evil: 1.pdf", "../../x.pdf", '"; filename="x.html', "é" * 300, "\ud800", "a\0b"])
def test_no_name_gets_into_the_head_of_an_answer(name):
    with closing(serving.attachment(document(name))) as answer:
        said = answer["Content-Disposition"]
    assert said.startswith("attachment; filename")
    assert "\r" not in said
    assert "\n" not in said
    assert said.count('"') in {0, 2}


@isolate_apps("buurtdraad.lib")
def test_a_file_that_is_gone_is_not_found(home):
    gone = document()
    keeping.forget(gone.key)
    with pytest.raises(Http404):
        serving.attachment(gone)


@pytest.mark.django_db  # closing an answer closes old connections too
@isolate_apps("buurtdraad.lib")
def test_a_picture_comes_in_our_widths_only_and_stays_in_the_browser():
    class Photo(PictureUpload):
        class Meta:
            app_label = "lib"

    with keeping.kept_picture(cleaned()) as key:
        shown = Photo(key=key, width=800, height=600)
    with closing(serving.picture(shown, 1280, public=True)) as answer:
        assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
        assert "immutable" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
    with closing(serving.picture(shown, 320, public=False)) as answer:
        assert answer["Cache-Control"].startswith("private")
    for width in (0, 319, 99_999, -320):
        with pytest.raises(Http404):
            serving.picture(shown, width, public=True)


# --- the abstract bases, on a table of the test ------------------------------------------------


@pytest.mark.django_db(transaction=True)
@isolate_apps("buurtdraad.lib")
def test_the_database_refuses_a_picture_without_words_or_without_the_moment_of_consent():
    class Photo(PictureUpload):
        class Meta(PictureUpload.Meta):
            abstract = False
            app_label = "lib"

    assert isinstance(Photo._meta.get_field("alt"), models.CharField)
    facts = {"width": 800, "height": 600, "given_at": timezone.now()}
    with connection.schema_editor() as editor:
        editor.create_model(Photo)
    try:
        for wrong in ({"alt": "", "people": People.NOBODY}, {"alt": "Feest", "people": People.AGREED}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Photo.objects.create(key="a", **wrong, **facts)
        Photo.objects.create(key="a", alt="Feest", people=People.AGREED, agreed_with="Kees", agreed_at=timezone.now(), **facts)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Photo)


# --- asking ----------------------------------------------------------------------------------


def sent(content, name="a.jpg", kind="image/jpeg"):
    return {"picture": SimpleUploadedFile(name, content, kind)}


def test_the_form_gives_a_clean_picture():
    form = PictureForm(FORM, sent(hostile.picture()))
    assert form.is_valid(), form.errors
    assert isinstance(form.cleaned_data["picture"], pictures.CleanPicture)
    assert 'accept="image/jpeg' in str(form)


@pytest.mark.parametrize(("change", "field"), [({"alt": ""}, "alt"), ({"people": ""}, "people"), ({"people": "agreed"}, "agreed_with")])
def test_words_and_consent_are_asked(change, field):
    assert list(PictureForm(FORM | change, sent(hostile.picture())).errors) == [field]


def test_what_the_browser_says_of_a_file_is_not_believed():
    form = PictureForm(FORM, sent(hostile.SVG, "foto.jpg"))
    assert "JPEG" in str(form.errors["picture"])


def test_a_file_above_the_limit_says_the_limit(settings):
    settings.UPLOAD_MB = 1
    assert "1 MB" in str(PictureForm(FORM, sent(b"x" * 1_100_000)).errors["picture"])


@pytest.mark.parametrize("value", ["text", 7, [b"x"]])
def test_a_field_of_another_kind_is_no_file(value):
    assert "picture" in PictureForm(FORM, {"picture": value}).errors


def test_the_document_field_gives_content_and_name():
    document, name = DocumentField().clean(SimpleUploadedFile("../Mijn plan.PDF", hostile.PDF))
    assert (document.kind, name) == ("pdf", "Mijn plan.pdf")


def test_a_photo_of_a_paper_becomes_a_page_without_place_and_maker():
    for content in (hostile.with_place(), hostile.picture(kind="PNG")):
        document, name = PaperField().clean(SimpleUploadedFile("lijst.jpg", content, "image/jpeg"))
        assert (document.kind, name) == ("pdf", "lijst.pdf")
        documents.check_pdf(document.content)
        for told in (b"Kees", b"Exif", b"GPS"):
            assert told not in document.content
    assert PaperField().clean(SimpleUploadedFile("a.pdf", hostile.PDF))[0].content == hostile.PDF


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 no picture", hostile.png_that_says(60_000, 60_000), hostile.SVG, hostile.HTML])
def test_what_only_seems_a_photo_of_a_paper_is_refused(content):
    with pytest.raises(ValidationError):
        PaperField().clean(SimpleUploadedFile("lijst.jpg", content, "image/jpeg"))


def test_a_document_that_may_be_skipped_is_none():
    assert DocumentField(required=False).clean(None) is None


def test_of_a_file_that_is_far_too_large_no_more_is_kept_than_needed(settings, rf):
    settings.UPLOAD_MB = 1
    request = rf.post("/", {"picture": SimpleUploadedFile("a.jpg", b"x" * 4_000_000)})
    with request.FILES["picture"] as file:
        assert 1_000_000 < file.size < 1_200_000


def test_a_request_of_many_large_files_is_not_read(settings, rf):
    settings.UPLOAD_MB = 1
    request = rf.post("/", {f"f{i}": SimpleUploadedFile("a.jpg", b"x" * 900_000) for i in range(8)})
    with pytest.raises(RequestDataTooBig):
        assert request.FILES
