"""In the room: wishes by the code, stickers of a device, a card and paper, and the screen."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.moderation.models import Report
from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.actions import Evening, NoSticker, WrongCounts
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish, Sticker, Voter
from buurtdraad.agendas.meetings.queries.room import Line, by_theme, sticker_result
from buurtdraad.agendas.meetings.states import Band
from buurtdraad.agendas.wishes import actions as wish_actions
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Channel, Showing, Theme

SCRIPT = "<script>alert(1)</script>"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def at_once(areas, joris):
    """An area that does not read everything first."""
    wish_actions.choose(
        areas["BU03440241"], answer_within=21, read_first=False, comments=False, by=joris, duty="area_adviser", at=timezone.now()
    )


@pytest.fixture
def room(going_on, at_once, joris):
    """A meeting with the putting of stickers open."""
    actions.set_voting(going_on, True, by=joris, at=timezone.now())
    return going_on


@pytest.fixture
def wishes(going_on, at_once):
    return [actions.give_wish(going_on, f"Een bank {number}", Theme.GREEN, at=timezone.now()) for number in range(5)]


def path(meeting, rest=""):
    return f"/m/{meeting.code}/{rest}"


def opened(client, meeting):
    """The page on a telephone, and what its form brings along."""
    return re.search(r'name="opened" value="([^"]+)"', client.get(path(meeting)).text)[1]


# --- wishes ----------------------------------------------------------------------------------------------


def test_a_wish_from_the_room_stands_on_the_screen_at_once(client, going_on, at_once):
    assert client.post(path(going_on), {"text": "Meer bomen in de straat", "opened": opened(client, going_on)}).status_code == 302
    wish = Wish.objects.get()
    assert (wish.channel, wish.showing, wish.theme, wish.area.code) == (Channel.MEETING, Showing.SHOWN, Theme.OTHER, "BU03440241")
    assert MeetingWish.objects.get().wish == wish
    assert "Meer bomen in de straat" in client.get(path(going_on, "scherm/")).text


@pytest.mark.parametrize("text", ["Buurman Jansen op nummer 12 maakt lawaai", "Bel mij op 06 12345678"])
def test_what_may_be_about_a_person_is_read_first(client, going_on, at_once, text):
    client.post(path(going_on), {"text": text, "opened": opened(client, going_on)})
    assert Wish.objects.get().showing == Showing.WAITING
    assert text not in client.get(path(going_on, "scherm/")).text


def test_where_all_is_read_first_nothing_stands_on_the_screen_at_once(client, going_on):
    client.post(path(going_on), {"text": "Meer bomen in de straat", "opened": opened(client, going_on)})
    page = client.get(path(going_on, "scherm/")).text
    assert "Meer bomen" not in page


def test_one_form_sent_twice_is_one_wish_and_who_wants_the_answer_gets_a_mail(client, going_on, at_once):
    mark = opened(client, going_on)
    for _ in range(2):
        client.post(path(going_on), {"text": "Een bankje", "opened": mark, "mail": "noor@example.nl"})
    assert Wish.objects.count() == MeetingWish.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'to' FROM procrastinate_jobs")
        assert "noor@example.nl" in {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("text", ["", " ", "x" * 100_000, "nul \x00 teken"])
def test_no_wish_of_nothing_or_of_a_book(client, going_on, text):
    assert client.post(path(going_on), {"text": text}).status_code == 422
    assert not Wish.objects.exists()


def test_hostile_and_foreign_text_is_shown_as_it_is(client, room):
    for text in (SCRIPT, "🌳🌳 meer bomen 🌳🌳", "نريد المزيد من الأشجار"):
        actions.give_wish(room, text, Theme.GREEN, at=timezone.now())
    for page in (client.get(path(room, "scherm/")).text, client.get(path(room, "stickers/")).text):
        assert SCRIPT not in page
        assert "نريد المزيد" in page


def test_a_code_works_around_the_meeting_only(client, going_on, meeting, joris):
    assert client.get(path(going_on)).status_code == 200
    assert client.get(f"/m/{going_on.code.lower()}/").status_code == 200
    assert client.get(path(meeting)).status_code == 404
    assert client.get("/m/ZZZZZZ/").status_code == 404
    assert client.post("/m/", {"code": "zz-zz"}).status_code == 422
    assert client.post("/m/", {"code": going_on.code.lower()})["Location"] == path(going_on)
    Meeting.objects.filter(pk=going_on.pk).update(starts_at=timezone.now() - 2 * DAY, ends_at=timezone.now() - DAY)
    for rest in ("", "stickers/", "scherm/"):
        assert client.get(path(going_on, rest)).status_code == 404
        assert client.post(path(going_on, rest), {"text": "Te laat"}).status_code in {404, 405}
    assert not Wish.objects.exists()


def test_guessing_codes_ends(client, db):
    statuses = {client.get(f"/m/ZZZZ{a}{b}/").status_code for a in "23456789ABCDEFGHJKMN" for b in "23456789ABCDEFGH"}
    assert statuses == {404, 429}


# --- stickers --------------------------------------------------------------------------------------------


def test_a_device_has_three_stickers_and_may_move_them(client, room, wishes):
    for wish in wishes[:3]:
        assert client.post(path(room, "stickers/"), {"put": wish.pk}).status_code == 302
    assert client.post(path(room, "stickers/"), {"put": wishes[3].pk}).status_code == 422
    client.post(path(room, "stickers/"), {"put": wishes[0].pk})
    assert Sticker.objects.count() == 3
    client.post(path(room, "stickers/"), {"take": wishes[0].pk})
    client.post(path(room, "stickers/"), {"put": wishes[3].pk})
    result = sticker_result(room)
    assert {line.wish for line in result.lines} == set(wishes[1:4])
    assert (result.stickers, result.each, result.people) == (3, 3, 1)


def test_another_device_has_its_own_and_a_forged_cookie_is_a_new_one(client, room, wishes):
    for visitor in (client, Client()):
        visitor.post(path(room, "stickers/"), {"put": wishes[0].pk})
    forged = Client()
    forged.cookies["room"] = "abc:def"
    forged.post(path(room, "stickers/"), {"put": wishes[0].pk})
    assert (sticker_result(room).stickers, sticker_result(room).people) == (3, 3)


def test_a_card_with_a_number_is_one_person_on_any_telephone(client, room, wishes):
    assert client.post(path(room, "stickers/"), {"deed": "card", "number": 5}).status_code == 422
    Meeting.objects.filter(pk=room.pk).update(cards=20)
    for visitor in (client, Client()):
        visitor.post(path(room, "stickers/"), {"deed": "card", "number": 5})
        visitor.post(path(room, "stickers/"), {"put": wishes[0].pk})
        assert client.post(path(room, "stickers/"), {"deed": "card", "number": 21}).status_code == 422
    assert Voter.objects.get().key == "card:5"
    assert sticker_result(room).stickers == 1
    client.post(path(room, "stickers/"), {"deed": "no_card"})
    client.post(path(room, "stickers/"), {"put": wishes[0].pk})
    assert sticker_result(room).people == 2


@pytest.mark.parametrize("wish", ["", "x", "99999999999999999999", "-1", "٣", "0"])
def test_a_sticker_on_what_is_not_there_is_refused(client, room, wish):
    assert client.post(path(room, "stickers/"), {"put": wish}).status_code == 422
    assert not Sticker.objects.exists()


def test_no_sticker_on_a_wish_of_elsewhere_or_before_it_is_open_or_after(client, room, wishes, make_wish, joris):
    assert client.post(path(room, "stickers/"), {"put": make_wish().pk}).status_code == 422
    client.post(path(room, "stickers/"), {"put": wishes[0].pk})
    actions.set_voting(room, False, by=joris, at=timezone.now())
    assert client.post(path(room, "stickers/"), {"put": wishes[1].pk}).status_code == 422
    assert client.post(path(room, "stickers/"), {"take": wishes[0].pk}).status_code == 422
    assert sticker_result(room).stickers == 1


@pytest.mark.django_db(transaction=True)
def test_one_device_that_puts_ten_at_once_has_three(room, wishes):
    def put(number):
        try:
            actions.put_sticker(room, "one device", wishes[number % 5].pk)
        except NoSticker:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(put, range(20)))
    assert Sticker.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_give_a_wish_and_stickers_without_an_error_or_a_double(room, wishes):
    def asked(ask, *arguments):
        try:
            return ask(*arguments)
        finally:
            connection.close()  # as a server does after each request

    def one_person(number):
        client = Client()
        mark = asked(opened, client, room)
        text = f"Wens nummer {'abcdefghij'[number % 10]} {'x' * (number + 1)}"
        said = [asked(client.post, path(room), {"text": text, "opened": mark})]
        said += [asked(client.post, path(room, "stickers/"), {"put": wish.pk}) for wish in wishes[:4]]
        return [answer.status_code for answer in said]

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(one_person, range(50)))
    assert answers == [[302, 302, 302, 302, 422]] * 50
    assert MeetingWish.objects.count() == 55
    assert len(set(Wish.objects.values_list("reference", flat=True))) == 55
    result = sticker_result(room)
    assert (result.stickers, result.people) == (150, 50)


def test_stickers_on_paper_count_along(room, wishes, joris):
    actions.put_sticker(room, "a", wishes[0].pk)
    actions.count_paper(room, people=46, counts={wishes[0].pk: 30, wishes[1].pk: 46}, by=joris, at=timezone.now())
    result = sticker_result(room)
    assert [(line.wish, line.stickers) for line in result.lines] == [(wishes[1], 46), (wishes[0], 31)]
    assert (result.stickers, result.people) == (77, 47)
    actions.count_paper(room, people=2, counts={wishes[0].pk: 2}, by=joris, at=timezone.now())
    assert (sticker_result(room).stickers, sticker_result(room).people) == (3, 3)


@pytest.mark.parametrize(("people", "counts"), [(1, [2]), (2, [2, 2, 2, 1]), (0, [1]), (3, [-1])])
def test_numbers_on_paper_that_cannot_be_are_refused(room, wishes, joris, people, counts):
    with pytest.raises(WrongCounts):
        actions.count_paper(
            room, people=people, counts={wish.pk: n for wish, n in zip(wishes, counts, strict=False)}, by=joris, at=timezone.now()
        )
    assert sticker_result(room).stickers == 0


def test_one_person_with_too_many_stickers_on_paper_is_told_so_in_a_right_sentence(room, wishes, joris):
    with pytest.raises(WrongCounts, match="1 persoon heeft hoogstens 3 stickers"):
        actions.count_paper(room, people=1, counts={wishes[0].pk: 2}, by=joris, at=timezone.now())


def test_stickers_of_a_joined_wish_count_for_the_one_it_lives_on_in(room, wishes, joris):
    actions.put_sticker(room, "a", wishes[0].pk)
    actions.put_sticker(room, "b", wishes[1].pk)
    wish_actions.merge(wishes[0], wishes[1], why="Hetzelfde", by=joris, at=timezone.now())
    assert [(line.wish, line.stickers) for line in sticker_result(room).lines] == [(wishes[1], 2)]
    assert sum(group.number for group in by_theme(room, most=10)) == 4


@pytest.mark.parametrize("how", ["reported", "taken off"])
def test_a_wish_that_is_off_the_site_counts_in_the_result_without_its_text(client, room, wishes, joris, how):
    for device in "ab":
        actions.put_sticker(room, device, wishes[0].pk)
    actions.put_sticker(room, "c", wishes[1].pk)
    at = timezone.now()
    actions.round_off(room, Evening(Band.FEW), told_back="", by=joris, at=at)
    page = f"/bijeenkomsten/{room.pk}/"
    Meeting.objects.filter(pk=room.pk).update(ends_at=at - datetime.timedelta(minutes=1))
    assert "Een bank 0" in client.get(page).text
    if how == "reported":
        Report.objects.create(
            thing=f"wish:{wishes[0].reference}", reason="other", stage="hidden", made_at=at, decided_at=at, why="Niet goed"
        )
    else:
        Wish.objects.filter(pk=wishes[0].pk).update(showing=Showing.PRIVATE)
    cache.clear()
    text = " ".join(client.get(page).text.split())
    assert "Een bank 0" not in text
    assert f"/wensen/{wishes[0].reference}/" not in text
    assert "Een wens die niet op de site staat: 2" in text
    assert "Een bank 1" in text


def test_the_end_mark_of_a_wish_does_not_stand_before_its_number(going_on, at_once):
    wish = actions.give_wish(going_on, "Hier is geen bank.", Theme.GREEN, at=timezone.now())
    assert Line(wish, 31).name == "Hier is geen bank"


def test_a_sticker_is_stored_once(room, wishes):
    actions.put_sticker(room, "a", wishes[0].pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sticker.objects.create(voter=Voter.objects.get(), wish=wishes[0])


# --- the screen ------------------------------------------------------------------------------------------


def test_the_pages_of_a_room_with_500_wishes_are_small_and_ask_as_much_as_with_5(client, room, wishes):
    def queries_of(rest):
        client.get(path(room, rest))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path(room, rest))
        return len(queries), len(page.content)

    rests = ("", "stickers/", "stickers/?thema=green", "scherm/")
    before = [queries_of(rest)[0] for rest in rests]
    made = Wish.objects.bulk_create(
        Wish(reference=f"XX-{n}", area=room.area, theme=Theme.values[n % 11] if n < 350 else Theme.GREEN, showing=Showing.SHOWN,
             text=f"Wens {n} " + "heel lang " * 20,
             given_at=timezone.now(), answer_by=timezone.localdate(), channel=Channel.MEETING) for n in range(500)
    )  # fmt: skip
    MeetingWish.objects.bulk_create(MeetingWish(meeting=room, wish=wish) for wish in made)
    after = [queries_of(rest) for rest in rests]
    assert [number for number, _size in after] == before
    assert max(size for _number, size in after) <= 60_000, after


def test_the_screen_gives_htmx_the_list_alone_and_works_without_it(client, room, wishes):
    page = client.get(path(room, "scherm/")).text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert f"buurt.example.nl/m/{room.code}/" in page
    part = client.get(path(room, "scherm/"), headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "Een bank 0" in part


def test_the_wishes_of_an_evening_are_answered_in_groups_also_those_that_wait(going_on, wishes, make_wish, signed_in, joris):
    hidden = actions.give_wish(going_on, "De buurman op Wilgenlaan 12 maakt lawaai", Theme.NUISANCE, at=timezone.now())
    elsewhere = make_wish("Een boom")
    address = f"/werk/bijeenkomsten/{going_on.pk}/groepen/"
    page = signed_in(joris).get(address).text
    assert all(f'value="{wish.reference}"' in page for wish in [*wishes, hidden])
    assert f'value="{elsewhere.reference}"' not in page


def test_another_adviser_does_not_answer_them(going_on, signed_in, samira):
    assert signed_in(samira).get(f"/werk/bijeenkomsten/{going_on.pk}/groepen/").status_code in {403, 404}
