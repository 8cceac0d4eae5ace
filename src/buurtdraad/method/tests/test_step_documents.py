"""Documents to begin a step with: added to a draft, saved by staff, taken out; never shown to residents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from buurtdraad.lib.tests.hostile_files import HTML, PDF
from buurtdraad.lib.uploads import keeping
from buurtdraad.method.actions import versions as actions
from buurtdraad.method.models import Run, RunStep, StepTemplate
from buurtdraad.method.tests.drafting import *  # noqa: F403 (a method in use, and a draft)
from buurtdraad.method.tests.drafting import ADDRESS, DRAFT, step_of

pytestmark = pytest.mark.django_db


def test_the_form_for_a_document_opens_without_errors(office, second):
    page = office.get(f"{ADDRESS}stap/{step_of(second).pk}/document/")
    assert (page.status_code, page.context["form"].errors) == (200, {})


def test_who_does_the_step_finds_its_documents_and_how_it_is_done_on_the_page_of_the_area(areas, document, second, office, deed):
    actions.put_in_use(second, what_is_new="Een brief.", **deed)
    step = second.steps.first()
    run = Run.objects.create(area=areas["WK034403"], version=second, started_on=timezone.localdate())
    RunStep.objects.create(run=run, step=step, stage="now", since_on=timezone.localdate())
    page = office.get(f"{ADDRESS}gebied/WK034403/").text
    for words in ("Brief aan de buurt", f"/document/{document.uuid}/", "wijkadviseur", "2 tot 4 weken", "In Overvecht hoorden"):
        assert words in page, words
    assert f"/werk/werkwijze/versie/2/#stap-{step.key}" in page
    for public in ("/werkwijze/", "/werkwijze/versie/2/"):
        assert "Brief aan de buurt" not in office.get(public).text


def test_a_document_is_saved_and_never_shown(office, document):
    page = office.get(f"{ADDRESS}document/{document.uuid}/")
    assert (page["Content-Type"], page["Content-Disposition"]) == ("application/pdf", 'attachment; filename="brief.pdf"')
    assert b"".join(page.streaming_content) == PDF
    assert "Brief aan de buurt" in office.get(DRAFT).text


def test_a_document_is_taken_out(office, document, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(f"{ADDRESS}document/{document.uuid}/eruit/").status_code == 302
    assert not keeping.place(document.key).exists()
    assert office.get(f"{ADDRESS}document/{document.uuid}/").status_code == 404
    page = office.post(f"{ADDRESS}document/{document.uuid}/eruit/", follow=True)
    assert page.redirect_chain == [(DRAFT, 302)]
    assert "in een ander venster" in page.text


def test_of_a_document_that_is_in_use_or_only_in_an_older_version_the_version_says_so(office, document, second, deed):
    actions.put_in_use(second, **deed)
    page = office.post(f"{ADDRESS}document/{document.uuid}/eruit/", follow=True)
    assert page.redirect_chain == [(DRAFT, 302)]
    assert "Versie 2 is al in gebruik" in page.text
    third = actions.draft_next(**deed)
    office.post(f"{ADDRESS}document/{document.uuid}/eruit/")
    page = office.get(f"{ADDRESS}document/{document.uuid}/eruit/", follow=True)
    assert page.redirect_chain == [(f"{ADDRESS}versie/{third.number}/", 302)]
    assert "in een ander venster" in page.text
    assert list(document.steps.values_list("version__number", flat=True)) == [2]


@pytest.mark.parametrize("file", [None, SimpleUploadedFile("brief.pdf", HTML), SimpleUploadedFile("brief.pdf", b"")])
def test_what_is_no_document_is_told_in_words(home, office, second, file):
    sent = {"title": "Brief"} | ({"document": file} if file else {})
    page = office.post(f"{ADDRESS}stap/{step_of(second).pk}/document/", sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["document"])
    assert not StepTemplate.objects.exists()
