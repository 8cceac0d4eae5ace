"""Sixty wishes of one evening, answered group by group."""

import datetime
import re
from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.wishes.models import Answer, Wish
from buurtdraad.agendas.wishes.queries.groups import ON_A_PAGE
from buurtdraad.agendas.wishes.states import Channel, Theme
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.models import Message
from buurtdraad.messages.states import Way

PATH = "/werk/groepen/"
# What people said in three groups, in different words; and one thing that only one said.
SAID = {
    Theme.GREEN: ("Graag een bankje op de Wilgenhof", "Op de Wilgenhof ontbreekt een bank", "Zet een bank neer op de Wilgenhof"),
    Theme.TRAFFIC: (
        "Auto's rijden te hard door de Lindestraat",
        "Er wordt te hard gereden in de Lindestraat",
        "Een drempel in de Lindestraat",
    ),
    Theme.CLEAN: ("Er ligt zwerfvuil bij de winkels", "Veel zwerfvuil bij de winkels", "Rommel en zwerfvuil rond de winkels"),
}


@pytest.fixture
def evening(make_wish):
    """Makes the wishes of one evening, each of somebody who wants to be called."""

    def make(number, *, at=None):
        at = at or timezone.now()
        said = cycle([(theme, text) for theme, texts in SAID.items() for text in texts])
        for n in range(number):
            theme, text = next(said)
            contact = add_contact(name=f"Bewoner {n}", way=Way.CALL, phone="06 12345678", by=None, at=at, channel="meeting")
            make_wish(text, theme=theme, channel=Channel.MEETING, contact=contact, at=at)

    return make


def forms_of(page):
    """The forms of the groups: what each would send."""
    found = []
    for form in re.findall(r'<form\s+method="post"\s+action="/werk/wensen/antwoord/".*?</form>', page, re.DOTALL):
        boxes = re.findall(r'<input\s+type="checkbox"\s+name="wens"\s+value="([^"]+)"\s+id="\w+"\s*(checked)?', form)
        mark = re.search(r'name="mark" value="([^"]+)"', form)[1]
        found.append(({"mark": mark, "terug": PATH}, [wish for wish, ticked in boxes if ticked], [wish for wish, _ticked in boxes]))
    return found


def test_sixty_wishes_of_one_evening_are_answered_group_by_group(evening, make_wish, signed_in, joris):
    evening(60)
    alone = make_wish("Meer lampen bij het tunneltje", theme=Theme.SAFE)
    client = signed_in(joris)
    steps = 0
    while groups := forms_of(client.get(PATH).text):
        hidden, ticked, wishes = groups[0]
        said = hidden | {"wens": ticked or wishes, "text": "Dank u. Wij gaan dit doen.", "stage": "chosen"}
        assert "horen dit" in client.post("/werk/wensen/antwoord/", said | {"deed": "preview"}).text or alone.reference in wishes
        assert client.post("/werk/wensen/antwoord/", said | {"deed": "send"})["Location"] == PATH
        steps += 1
    assert steps <= 8
    assert not Wish.objects.unanswered().exists()
    assert Message.objects.filter(contact__isnull=False).count() == 60
    assert Message.objects.values("contact").exclude(contact=None).distinct().count() == 60


def test_groups_are_of_what_asks_the_same_and_the_rest_stands_by_theme(evening, make_wish, signed_in, joris):
    evening(9)
    make_wish("Meer lampen bij het tunneltje", theme=Theme.SAFE)
    make_wish("Een cursus Nederlands", theme=Theme.SAFE)
    groups = forms_of(signed_in(joris).get(PATH).text)
    themes = {wish.reference: wish.theme for wish in Wish.objects.all()}
    assert all(len({themes[wish] for wish in wishes}) == 1 for _hidden, _ticked, wishes in groups)
    together = [ticked for _hidden, ticked, _wishes in groups if len(ticked) > 1]
    assert sum(map(len, together)) >= 8
    assert [(ticked, len(wishes)) for _hidden, ticked, wishes in groups][-1] == ([], 2)


def test_a_wish_is_taken_out_of_a_group(evening, signed_in, joris):
    evening(9)
    client = signed_in(joris)
    hidden, ticked, _wishes = forms_of(client.get(PATH).text)[0]
    client.post("/werk/wensen/antwoord/", hidden | {"wens": ticked[1:], "text": "Ja", "stage": "", "deed": "send"})
    assert Answer.objects.get().wishes.count() == len(ticked) - 1
    assert Wish.objects.unanswered().filter(reference=ticked[0]).exists()


def test_the_wishes_of_one_day_or_area_stand_apart(evening, make_wish, signed_in, joris):
    before = timezone.now() - datetime.timedelta(days=9)
    evening(6, at=before)
    make_wish("Meer lampen bij het tunneltje", area="BU03440242")
    client, day = signed_in(joris), timezone.localdate(before).isoformat()
    assert f'value="{day}"' in client.get(PATH).text
    assert sum(len(wishes) for _h, _t, wishes in forms_of(client.get(f"{PATH}?dag={day}").text)) == 6
    assert sum(len(wishes) for _h, _t, wishes in forms_of(client.get(f"{PATH}?gebied=BU03440242").text)) == 1


def test_where_nobody_waits_the_page_says_so(signed_in, joris):
    assert "Niemand wacht op antwoord" in signed_in(joris).get(PATH).text


def test_the_page_weighs_little_and_takes_the_same_queries_at_3_and_at_500(evening, signed_in, joris):
    counts = []
    for number in (3, 497):
        evening(number)
        client = signed_in(joris)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(PATH)
        counts.append(len(queries))
        assert len(page.content) <= 60_000
    assert counts[0] == counts[1] <= 12
    assert sum(len(wishes) for _h, _t, wishes in forms_of(page.text)) == ON_A_PAGE
    assert f"Hier staan er {ON_A_PAGE}." in page.text
