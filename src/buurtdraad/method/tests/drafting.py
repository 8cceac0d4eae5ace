"""A method in use, the draft of its second version, and a document in that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from buurtdraad.lib.tests.hostile_files import PDF
from buurtdraad.method.actions import versions as actions
from buurtdraad.method.models import MethodStep, StepTemplate

ADDRESS = "/werk/werkwijze/"
DRAFT = ADDRESS + "versie/2/"


@pytest.fixture
def deed(noor):
    return {"by": noor, "at": timezone.now()}


@pytest.fixture
def first(deed):
    return actions.load_first(**deed)


@pytest.fixture
def second(first, deed):
    """The draft of version 2."""
    return actions.draft_next(**deed)


@pytest.fixture
def office(noor, signed_in):
    return signed_in(noor)


@pytest.fixture
def home(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path


@pytest.fixture
def document(home, second, office):
    path = f"{ADDRESS}stap/{second.steps.first().pk}/document/"
    office.post(path, {"title": "Brief aan de buurt", "document": SimpleUploadedFile("brief.pdf", PDF)})
    return StepTemplate.objects.get()


def step_of(version, key="plannen"):
    return MethodStep.objects.get(version=version, key=key)
