"""Who may open the pages of who works with wishes, and what they find of another area."""

import uuid

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.agendas.conftest import member_of_staff
from buurtdraad.agendas.wishes.models import Answer, AreaChoices, Wish
from buurtdraad.agendas.wishes.states import Showing, Stage
from buurtdraad.audit.models import LOOKED, Event

ADVISERS = (
    "/werk/notitie/",
    "/werk/wensen/",
    "/werk/wensen/ZO-1/",
    "/werk/wensen/antwoord/?wens=ZO-1",
    "/werk/wensen/stap/?wens=ZO-1",
    "/werk/wensen/samen/?wens=ZO-1",
    "/werk/groepen/",
    "/werk/afspraken-met-de-buurt/WK034402/",
)
READERS = ("/werk/lezen/",)
# Those that show what somebody wrote, and so write down that it was seen.
LOOKS = {
    "/werk/lezen/": "wish:ZO-1",
    "/werk/wensen/": "wishes:to_answer",
    "/werk/wensen/ZO-1/": "wish:ZO-1",
    "/werk/groepen/": "wishes:groups",
    "/werk/wensen/antwoord/?wens=ZO-1": "wishes:to_answer",
}


@pytest.fixture
def waiting(make_wish):
    return make_wish(showing=Showing.WAITING)


@pytest.mark.parametrize("path", [*ADVISERS, *READERS])
@pytest.mark.usefixtures("waiting")
def test_an_adviser_opens_it_a_resident_does_not_and_a_visitor_signs_in(path, client, signed_in, joris, kees):
    assert "/inloggen/" in client.get(path)["Location"]
    assert signed_in(kees).get(path).status_code == 403
    assert signed_in(joris).get(path).status_code == 200


@pytest.mark.parametrize("path", ADVISERS)
def test_a_moderator_reads_but_does_not_answer(path, waiting, signed_in, hamid):
    assert signed_in(hamid).get(path).status_code == 403
    assert "ZO-1" in signed_in(hamid).get("/werk/lezen/").text


@pytest.mark.parametrize("path", [*ADVISERS, *READERS])
def test_without_a_second_factor_staff_set_that_up_first(path, waiting, signed_in, joris):
    assert signed_in(joris, second_factor=False).get(path).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/werk/wensen/ZO-1/",
        "/werk/lezen/?wens=ZO-1",
        "/werk/wensen/antwoord/?wens=ZO-1",
        "/werk/wensen/stap/?wens=ZO-1",
        "/werk/wensen/samen/?wens=ZO-1",
        "/werk/afspraken-met-de-buurt/WK034402/",
        "/werk/afspraken-met-de-buurt/nergens/",
    ],
)
def test_of_another_area_nothing_is_there(path, waiting, signed_in, samira):
    assert signed_in(samira).get(path).status_code == 404
    assert "ZO-1" not in signed_in(samira).get("/werk/wensen/?stand=all").text
    assert "ZO-1" not in signed_in(samira).get("/werk/lezen/").text


def test_nobody_does_a_deed_in_another_area(waiting, make_wish, signed_in, samira):
    own = make_wish(area="BU03440321")
    client, mark = signed_in(samira), str(uuid.uuid4())
    for path, said in (
        ("/werk/wensen/ZO-1/", {"deed": "show", "was": "waiting"}),
        ("/werk/lezen/", {"wens": "ZO-1", "deed": "show", "was": "waiting"}),
        ("/werk/wensen/antwoord/", {"wens": [own.reference, "ZO-1"], "text": "Nee", "deed": "send", "mark": mark, "stage": ""}),
        ("/werk/wensen/stap/", {"wens": "ZO-1", "stage": "seen", "why": "Nee"}),
        ("/werk/wensen/samen/", {"wens": "ZO-1", "into": own.reference}),
        ("/werk/afspraken-met-de-buurt/WK034402/", {"answer_within": "3", "read_first": "no", "comments": "no"}),
    ):
        assert client.post(path, said).status_code == 404, path
    said = client.post("/werk/wensen/samen/", {"wens": own.reference, "into": "ZO-1"})
    assert said.status_code == 422
    assert "In uw gebied is geen wens met dit nummer" in said.text
    waiting.refresh_from_db()
    assert (waiting.showing, waiting.stage) == (Showing.WAITING, Stage.TOLD)
    assert not Answer.objects.exists()
    assert not AreaChoices.objects.exists()
    assert Wish.objects.heads().count() == 2


@pytest.mark.parametrize(("path", "thing"), LOOKS.items())
def test_that_somebody_saw_it_is_written_down(path, thing, waiting, signed_in, joris):
    signed_in(joris).get(path)
    assert [event.thing for event in Event.objects.filter(verb=LOOKED, actor=joris.uuid)] == [thing]


def test_an_area_manager_may_do_the_same(waiting, areas, signed_in):
    linda = member_of_staff("Linda", "linda@example.nl", areas["WK034402"], Duty.AREA_MANAGER)
    assert all(signed_in(linda).get(path).status_code == 200 for path in (*ADVISERS, *READERS))


@pytest.mark.parametrize("path", [*ADVISERS, *READERS])
def test_a_hostile_text_is_text(path, make_wish, signed_in, joris):
    make_wish("<script>alert(1)</script> {{ 7|add:7 }}", showing=Showing.WAITING)
    page = signed_in(joris).get(path).text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "query", ["stand=x", "stap=%00", "dag=2026-02-31", "gebied=nergens", "q=%00", "q=-", "page=-1", "thema=x", "q='\""]
)
def test_an_address_with_nonsense_is_an_address_without_it(query, waiting, signed_in, joris):
    for path in ("/werk/wensen/", "/werk/groepen/"):
        assert signed_in(joris).get(f"{path}?{query}").status_code == 200
    for wens in ("%00", "x" * 300, "%F0%9F%98%80", "ZO-1%0A"):
        assert signed_in(joris).get(f"/werk/wensen/antwoord/?wens={wens}").status_code == 404
        assert signed_in(joris).get(f"/werk/lezen/?wens={wens}").status_code == 404
