"""Sounds in a folder of the test, and notes that wait."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.actions.contacts import HearBack
from buurtdraad.lib.tests import sounding
from buurtdraad.lib.uploads import sounds
from buurtdraad.messages.states import Way

CALL = HearBack(Way.CALL, "Mevrouw Aydin", "0612345678")


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.BUURTDRAAD_HOME = tmp_path
    return tmp_path


@pytest.fixture
def make_note(areas):
    """Makes notes that wait: `make_note("BU03440321")`."""

    def make(area="BU03440241", hears=CALL, at=None, mark=None):
        sound = sounds.check(io.BytesIO(sounding.wav()), most_bytes=10_000_000)
        return actions.speak(sound, area=areas[area], hears=hears, giver=None, by=None, at=at or timezone.now(), mark=mark)

    return make


@pytest.fixture
def note(make_note):
    return make_note()


def sound_file(content=None, name="opname.webm", kind="audio/webm"):
    return SimpleUploadedFile(name, sounding.webm() if content is None else content, kind)


def kept(home):
    return sorted(home.rglob("sound.*"))
