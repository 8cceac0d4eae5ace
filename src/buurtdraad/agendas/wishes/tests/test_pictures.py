"""A picture with a wish: looked at first, without what the telephone put in it, and gone when it goes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.models import Wish, WishPicture
from buurtdraad.agendas.wishes.queries.pictures import shown_with, to_look_at
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.agendas.wishes.tests.filling_in import NEW, first, hidden
from buurtdraad.lib.tests.hostile_files import HTML, PDF, SVG, with_place
from buurtdraad.lib.uploads.keeping import place

NOW = timezone.now()


@pytest.fixture(autouse=True)
def at_home(typed_slowly, settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    return tmp_path


def send(client, content=None, **more):
    """A wish with a picture, sent by a visitor."""
    file = SimpleUploadedFile("bank.jpg", content or with_place(), "image/jpeg")
    facts = {"way": "none", "step": "send", "picture": file, "alt": "Een kapotte bank", "people": "nobody"}
    return client.post(NEW, hidden(first(client)) | facts | more)


def address(picture, width=320):
    return f"/wensen/foto/{picture.uuid}/{width}/"


@pytest.fixture
def picture(client, areas):
    assert send(client).status_code == 302
    return WishPicture.objects.get()


def seen(client, picture, width=320):
    """The answer, read to its end."""
    answer = client.get(address(picture, width))
    assert answer.status_code == 200
    return answer, answer.getvalue()


def show(picture, joris):
    actions.show(picture.wish, was=Showing.WAITING, by=joris, duty="area_adviser", at=NOW)
    actions.show_picture(picture, by=joris, duty="area_adviser", at=NOW)


def test_a_wish_with_a_picture_waits_also_where_an_area_reads_afterwards(client, areas, joris):
    actions.choose(areas["zuilen-oost"], answer_within=7, read_first=False, comments=False, by=joris, duty="area_adviser", at=NOW)
    send(client)
    wish = Wish.objects.get()
    assert (wish.showing, wish.waits_for) == (Showing.WAITING, ["picture"])
    assert list(to_look_at(Reach(everywhere=True))) == [wish.pictures.get()]
    assert not to_look_at(Reach(codes=frozenset({"BU03440321"})))


def test_it_is_seen_by_everybody_after_its_wish_and_itself_were_looked_at(client, picture, joris, samira, signed_in):
    assert client.get(address(picture)).status_code == 404
    actions.show(picture.wish, was=Showing.WAITING, by=joris, duty="area_adviser", at=NOW)
    assert client.get(address(picture)).status_code == 404
    assert shown_with(picture.wish) == []
    actions.show_picture(picture, by=joris, duty="area_adviser", at=NOW)
    assert shown_with(picture.wish) == [picture]
    answer, _content = seen(client, picture)
    assert answer["Content-Type"] == "image/webp"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    actions.keep_private(picture.wish, was=Showing.SHOWN, why="x", by=joris, duty="area_adviser", at=NOW)
    assert client.get(address(picture)).status_code == 404


def test_before_that_only_who_reads_wishes_there_sees_it(picture, client, samira, joris, signed_in):
    answer, _content = seen(signed_in(joris), picture)
    assert answer["Cache-Control"].startswith("private")
    assert signed_in(samira).get(address(picture)).status_code == 404
    assert signed_in(joris, second_factor=False).get(address(picture)).status_code == 302


def test_place_time_and_camera_are_gone(client, picture, joris):
    show(picture, joris)
    _answer, content = seen(client, picture, 640)
    assert not Image.open(io.BytesIO(content)).getexif()
    assert b"Kees" not in content


@pytest.mark.parametrize("content", [SVG, HTML, PDF, b"", b"GIF89a"])
def test_what_is_no_picture_is_refused_and_nothing_is_kept(client, areas, at_home, content):
    answer = send(client, content or b" ")
    assert answer.status_code == 422
    assert not Wish.objects.exists()
    assert not list(at_home.rglob("*.webp"))


@pytest.mark.parametrize("lacks", [{"alt": ""}, {"people": ""}, {"people": "agreed"}])
def test_words_and_consent_are_asked(client, areas, lacks):
    assert send(client, **lacks).status_code == 422


def test_a_form_sent_again_keeps_one_picture(client, areas, at_home):
    facts = hidden(first(client)) | {"way": "none", "step": "send", "alt": "Een bank", "people": "nobody"}
    for _twice in range(2):
        client.post(NEW, facts | {"picture": SimpleUploadedFile("a.jpg", with_place(), "image/jpeg")})
    assert WishPicture.objects.count() == 1
    assert len({file.parent for file in at_home.rglob("*.webp")}) == 1


def test_a_picture_that_goes_takes_its_files_along_after_the_commit(picture, joris, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(picture, by=joris, duty="area_adviser", at=NOW)
        assert place(picture.key).is_dir()
    assert not place(picture.key).exists()
    assert not WishPicture.objects.exists()


def test_a_width_or_a_picture_that_is_none_of_ours_is_not_there(client, picture, joris):
    show(picture, joris)
    assert client.get(address(picture, 99999)).status_code == 404
    assert client.get("/wensen/foto/00000000-0000-0000-0000-000000000000/320/").status_code == 404
