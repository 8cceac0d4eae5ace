"""A city of two districts and a working area, the people of the story, and a wish to work with."""

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.actions import Given
from buurtdraad.agendas.wishes.states import Channel, Kind, Showing, Theme

# The people of the story are those of the room that tells them things; `areas` here holds a working area more.
from buurtdraad.messages.tests.conftest import city_with_a_name, emine, joris, kees, member_of_staff, samira, signed_in  # noqa: F401
from buurtdraad.places.models import Area, AreaYear, Membership
from buurtdraad.places.models import Kind as Level

BENCH = "Op de Wilgenhof is geen schaduw en geen bank. Ouderen kunnen er niet zitten."


@pytest.fixture
def areas(db):
    """Areas by code: GM0344; WK034402 with BU03440241 (Geuzenwijk) and BU03440242, both in zuilen-oost; WK034403 with BU03440321."""
    made = {}
    for code, kind, name, parent in (
        ("GM0344", Level.MUNICIPALITY, "Utrecht", None),
        ("WK034402", Level.DISTRICT, "Noordwest", "GM0344"),
        ("WK034403", Level.DISTRICT, "Overvecht", "GM0344"),
        ("BU03440241", Level.NEIGHBOURHOOD, "Geuzenwijk", "WK034402"),
        ("BU03440242", Level.NEIGHBOURHOOD, "Schaakbuurt", "WK034402"),
        ("BU03440321", Level.NEIGHBOURHOOD, "Taagdreef", "WK034403"),
        ("zuilen-oost", Level.WORKING_AREA, "Zuilen-Oost", None),
    ):
        made[code] = Area.objects.create(code=code, kind=kind)
        AreaYear.objects.create(
            area=made[code], year=2025, name=name, parent=made.get(parent), municipality=made["GM0344"], loaded_at=timezone.now()
        )
    for code in ("BU03440241", "BU03440242"):
        Membership.objects.create(working_area=made["zuilen-oost"], neighbourhood=made[code])
    return made


@pytest.fixture
def hamid(areas):
    """Moderator in the whole city."""
    return member_of_staff("Hamid Bouzian", "hamid@example.nl", None, Duty.MODERATOR)


@pytest.fixture
def make_wish(areas):
    """Makes wishes that stand on the site: `make_wish("Een bank", area="BU03440242")`."""

    def make(
        text=BENCH,
        *,
        area="BU03440241",
        theme=Theme.GREEN,
        channel=Channel.WEB,
        contact=None,
        by=None,
        showing=Showing.SHOWN,
        at=None,
        point=None,
    ):
        given = Given(text, areas[area], Kind.WISH, theme, channel, point)
        return actions.give(given, contact=contact, by=by, at=at or timezone.now(), showing=showing)

    return make


@pytest.fixture
def wish(make_wish, emine):  # noqa: F811 (a fixture is named like what it is)
    """Mevrouw Aydin's wish, on the site."""
    return make_wish(contact=emine, channel=Channel.PHONE)


@pytest.fixture
def mailed(db):
    """The tokens in the mails that wait to be sent, the oldest first: `mailed()[-1]`."""

    def tokens():
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'text' FROM procrastinate_jobs ORDER BY id")
            texts = [row[0] or "" for row in cursor.fetchall()]
        return [text.split("/wensen/bevestigen/")[1].split("/")[0] for text in texts if "/wensen/bevestigen/" in text]

    return tokens
