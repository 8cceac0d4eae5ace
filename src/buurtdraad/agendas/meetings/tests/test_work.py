"""Meetings for who leads them: making, changing, the list at the door, the room, and rounding off in one screen."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from buurtdraad.agendas.meetings import actions
from buurtdraad.agendas.meetings.actions import Evening, NotRoundedOff
from buurtdraad.agendas.meetings.conftest import EVENING
from buurtdraad.agendas.meetings.models import FlipPicture, Meeting, MeetingWish, Outcome, SignUp
from buurtdraad.agendas.meetings.queries.room import sticker_result
from buurtdraad.agendas.meetings.states import Band, Seat, Stage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Showing, Theme
from buurtdraad.audit.models import LOOKED, Event
from buurtdraad.lib.stages import WrongStage
from buurtdraad.messages.models import Message
from buurtdraad.messages.states import Way
from buurtdraad.pages.work_items import evenings

WORK = "/werk/bijeenkomsten/"
SCRIPT = "<script>alert(1)</script>"
FORM = {
    "title": "Praten over de Wilgenhof", "kind": "evening", "area": "BU03440241", "on": f"{EVENING:%Y-%m-%d}", "starts": "19:30",
    "ends": "21:30", "place": "De Uithoek", "stickers": 3, "cards": 0,
}  # fmt: skip


@pytest.fixture
def as_joris(signed_in, joris):
    return signed_in(joris)


# --- making ----------------------------------------------------------------------------------------------


def test_an_adviser_makes_announces_changes_copies_and_cancels_a_meeting(as_joris):
    answer = as_joris.post(f"{WORK}nieuw/", FORM)
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"{WORK}{meeting.pk}/"
    assert (meeting.stage, timezone.localtime(meeting.starts_at)) == (Stage.DRAFT, EVENING)
    as_joris.post(answer["Location"], {"deed": "announce"})
    assert as_joris.post(f"{WORK}{meeting.pk}/wijzig/", FORM | {"starts": "20:00", "offers": ["food"]}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.offers, meeting.stage) == (1, ["food"], Stage.ANNOUNCED)
    copy = as_joris.get(f"{WORK}nieuw/?van={meeting.pk}").text
    assert "De Uithoek" in copy
    assert f"{EVENING:%Y-%m-%d}" not in copy
    assert as_joris.post(f"{WORK}{meeting.pk}/", {"deed": "cancel", "why": ""}).status_code == 422
    as_joris.post(f"{WORK}{meeting.pk}/", {"deed": "cancel", "why": "De zaal is dicht."})
    meeting.refresh_from_db()
    assert (meeting.stage, meeting.why) == (Stage.CANCELLED, "De zaal is dicht.")
    assert as_joris.post(f"{WORK}{meeting.pk}/", {"deed": "announce"}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"ends": "19:00"}, {"on": "31-02-2027"}, {"area": "BU03440321"}, {"area": "GM0344"}, {"point": "hier"},
     {"point": "1.5, 103.8"}, {"capacity": 0}, {"stickers": 11}, {"cards": 5000}, {"kind": "party"}, {"title": "x" * 100_000},
     {"closes": f"{EVENING + datetime.timedelta(days=2):%Y-%m-%d}"}],
)  # fmt: skip
def test_a_plan_that_cannot_be_makes_nothing(as_joris, wrong):
    assert as_joris.post(f"{WORK}nieuw/", FORM | wrong).status_code == 422
    assert not Meeting.objects.exists()


def test_only_who_works_in_the_area_leads_a_meeting(  # noqa: PLR0917
    signed_in, samira, hamid, kees, meeting, make_meeting, client
):
    draft = make_meeting(announced=False)
    pages = ("", "wijzig/", "aanmeldingen/", "zaal/", "afronden/", "poster.pdf", "flyer.pdf")
    for rest in pages:
        assert client.get(f"{WORK}{meeting.pk}/{rest}").status_code == 302
    signed_in(samira)
    for rest in pages:
        assert client.get(f"{WORK}{meeting.pk}/{rest}").status_code == 403
        assert client.get(f"{WORK}{draft.pk}/{rest}").status_code == 404
    assert client.post(f"{WORK}nieuw/", FORM).status_code == 422
    for person in (hamid, kees):
        signed_in(person)
        assert client.get(WORK).status_code == 403
        assert client.get(f"{WORK}{meeting.pk}/").status_code == 403


def test_the_list_of_work_asks_as_much_for_one_as_for_three(as_joris, make_meeting):
    past = timezone.now() - datetime.timedelta(days=9)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_meeting(capacity=3)
            make_meeting(starts_at=past, ends_at=past + datetime.timedelta(hours=1), at=past - datetime.timedelta(days=9))
        as_joris.get(WORK)
        with CaptureQueriesContext(connection) as queries:
            assert as_joris.get(WORK).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- who comes -------------------------------------------------------------------------------------------


def test_the_list_at_the_door_ticks_once_and_undoes_and_notes_who_looked(as_joris, make_meeting, come):
    meeting = make_meeting(capacity=1)
    one, other = come(meeting, f"Emine {SCRIPT}", way=Way.NONE), come(meeting, "Noor")
    page = f"{WORK}{meeting.pk}/aanmeldingen/"
    assert SCRIPT not in as_joris.get(page).text
    assert Event.objects.get(verb=LOOKED).thing == f"meeting:{meeting.pk}"
    for _ in range(2):
        as_joris.post(page, {"deed": "came", "sign_up": one.pk})
    as_joris.post(page, {"deed": "came", "sign_up": other.pk})
    assert SignUp.objects.filter(stage=Seat.CAME).count() == 2
    as_joris.post(page, {"deed": "undo", "sign_up": one.pk})
    assert SignUp.objects.get(pk=one.pk).stage == Seat.SIGNED
    for wrong in ("", "x", "99999999999999999999"):
        assert as_joris.post(page, {"deed": "came", "sign_up": wrong}).status_code == 302


def test_a_tick_for_somebody_of_another_meeting_does_nothing(as_joris, meeting, make_meeting, come):
    other = come(make_meeting(), "Noor")
    as_joris.post(f"{WORK}{meeting.pk}/aanmeldingen/", {"deed": "came", "sign_up": other.pk})
    assert SignUp.objects.get().stage == Seat.SIGNED


def test_staff_writes_somebody_down(as_joris, meeting):
    page = f"{WORK}{meeting.pk}/aanmeldingen/"
    assert as_joris.post(page, {"deed": "add", "name": "Ria", "people": 2, "phone": "12"}).status_code == 422
    as_joris.post(page, {"deed": "add", "name": "Ria", "people": 2, "phone": "06 12345678"})
    assert SignUp.objects.get().contact.way == Way.CALL


def test_a_print_of_the_list_asks_as_much_for_one_as_for_three(as_joris, meeting, come):
    counts = []
    for names in (["Noor"], ["Ria", "Linda"]):
        for name in names:
            come(meeting, name)
        as_joris.get(f"{WORK}{meeting.pk}/aanmeldingen/")
        with CaptureQueriesContext(connection) as queries:
            as_joris.get(f"{WORK}{meeting.pk}/aanmeldingen/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- the room --------------------------------------------------------------------------------------------


def test_who_leads_reads_wishes_and_puts_them_on_the_screen(as_joris, going_on, client):
    first, second = (actions.give_wish(going_on, text, Theme.GREEN, at=timezone.now()) for text in (f"Bomen {SCRIPT}", "Banken"))
    page = f"{WORK}{going_on.pk}/zaal/"
    assert SCRIPT not in as_joris.get(page).text
    as_joris.post(page, {"deed": "show", "wish": first.pk})
    as_joris.post(page, {"deed": "keep", "wish": second.pk})
    as_joris.post(page, {"deed": "show", "wish": second.pk})
    assert list(Wish.objects.order_by("pk").values_list("showing", flat=True)) == [Showing.SHOWN, Showing.PRIVATE]


def test_paper_stickers_are_typed_in_and_wrong_ones_come_back(as_joris, going_on):
    wish = actions.give_wish(going_on, "Bomen", Theme.GREEN, at=timezone.now())
    Wish.objects.update(showing=Showing.SHOWN)
    page = f"{WORK}{going_on.pk}/zaal/"
    assert as_joris.post(page, {"deed": "paper", "people": 2, f"w{wish.pk}": 3}).status_code == 422
    assert as_joris.post(page, {"deed": "paper", "people": "x", f"w{wish.pk}": 3}).status_code == 422
    assert as_joris.post(page, {"deed": "paper", "people": 2, f"w{wish.pk}": 2}).status_code == 302
    going_on.refresh_from_db()
    assert (sticker_result(going_on).stickers, sticker_result(going_on).people) == (2, 2)
    as_joris.post(page, {"deed": "open"})
    assert Meeting.objects.get().voting


# --- rounding off ----------------------------------------------------------------------------------------


def photo():
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "JPEG")
    return SimpleUploadedFile("flip.jpg", out.getvalue(), "image/jpeg")


def test_one_screen_closes_the_evening_with_a_photo_and_tells_who_came(  # noqa: PLR0917
    as_joris, going_on, come, settings, tmp_path, client, make_wish
):
    settings.BUURTDRAAD_HOME = tmp_path
    emine = come(going_on, "Emine", way=Way.CALL, phone="06 12345678")
    actions.check_in(emine, by=None, at=timezone.now())
    wish = make_wish("Een bank op de Wilgenhof")
    page = f"{WORK}{going_on.pk}/afronden/"
    as_joris.post(page, {"deed": "wish", "reference": wish.reference.lower()})
    assert as_joris.post(page, {"deed": "wish", "reference": "ZO-999"}).status_code == 422
    assert MeetingWish.objects.get().wish == wish
    given = {
        "deed": "close", "band": "26-50", "ages": ["65+"], "missing": "jongeren", "minutes": "Er zijn bankjes nodig.",
        "told_back": "Wij kijken naar de banken.", "picture": photo(), "alt": "Een lijst met wensen", "agreed": "on",
    }  # fmt: skip
    assert as_joris.post(page, given).status_code == 302
    going_on.refresh_from_db()
    assert going_on.stage == Stage.CLOSED
    assert (Outcome.objects.get().band, Outcome.objects.get().told_back) == (Band.MANY, "Wij kijken naar de banken.")
    assert "Wij kijken naar de banken." in Message.objects.get(contact=emine.contact).body
    picture = FlipPicture.objects.get()
    shown = as_joris.get(f"{WORK}foto/{picture.uuid}/640/")
    assert (shown["Content-Type"], shown.getvalue()[:4]) == ("image/webp", b"RIFF")
    client.logout()
    assert client.get(f"{WORK}foto/{picture.uuid}/640/").status_code == 302
    shown = client.get(f"/bijeenkomsten/{going_on.pk}/").text
    for words in ("jongeren", "Er zijn bankjes nodig.", "Wij kijken naar de banken.", "Een bank op de Wilgenhof"):
        assert words in shown
    assert "Emine" not in shown


def test_an_evening_that_has_not_begun_or_was_closed_is_not_rounded_off(as_joris, meeting, going_on, joris):
    given = {"deed": "close", "band": "0-10"}
    assert as_joris.post(f"{WORK}{meeting.pk}/afronden/", given).status_code == 422
    assert as_joris.post(f"{WORK}{going_on.pk}/afronden/", given).status_code == 302
    assert as_joris.post(f"{WORK}{going_on.pk}/afronden/", given).status_code == 422
    with pytest.raises(WrongStage):
        actions.round_off(going_on, Evening(Band.FEW), told_back="", by=joris, at=timezone.now())
    assert Outcome.objects.count() == 1


@pytest.mark.parametrize("text", ["Bel Emine op 06 12345678", "Mail emine@example.nl"])
def test_minutes_with_a_number_or_address_are_refused_whatever_one_ticks(as_joris, going_on, joris, text):
    given = {"deed": "close", "band": "0-10", "minutes": text, "sure": "on"}
    assert as_joris.post(f"{WORK}{going_on.pk}/afronden/", given).status_code == 422
    with pytest.raises(NotRoundedOff):
        actions.round_off(going_on, Evening(Band.FEW, minutes=text), told_back="", by=joris, at=timezone.now())
    assert not Outcome.objects.exists()


def test_minutes_that_name_somebody_come_back_once(as_joris, going_on):
    given = {"deed": "close", "band": "0-10", "minutes": "Mevrouw Aydin vertelde over de bank."}
    answer = as_joris.post(f"{WORK}{going_on.pk}/afronden/", given)
    assert answer.status_code == 422
    assert 'type="checkbox" name="sure"' in answer.text
    assert as_joris.post(f"{WORK}{going_on.pk}/afronden/", given | {"sure": "on"}).status_code == 302


def test_the_answer_can_come_later_and_once(as_joris, going_on, come):
    come(going_on, "Emine", way=Way.CALL, phone="06 12345678")
    page = f"{WORK}{going_on.pk}/afronden/"
    assert as_joris.post(page, {"deed": "tell", "told_back": "Te vroeg"}).status_code == 422
    as_joris.post(page, {"deed": "close", "band": "0-10"})
    assert as_joris.post(page, {"deed": "tell", "told_back": "Er komt een bank."}).status_code == 302
    assert as_joris.post(page, {"deed": "tell", "told_back": "Nog eens"}).status_code == 422
    assert Message.objects.filter(contact__isnull=False).count() == 1
    assert Outcome.objects.get().told_back_at


def test_who_reads_in_the_room_knows_why_a_wish_waits_and_where_it_will_stand(as_joris, going_on):
    actions.give_wish(going_on, "De buurman op Wilgenlaan 12 maakt lawaai", Theme.NUISANCE, at=timezone.now())
    page = as_joris.get(f"{WORK}{going_on.pk}/zaal/").text
    assert "Dit staat erin:" in page
    assert "Zet op het scherm en op de site" in page


def test_the_questions_of_the_minutes_and_an_unknown_number_are_in_dutch(as_joris, going_on):
    page = f"{WORK}{going_on.pk}/afronden/"
    assert "Waar ging het over?" in as_joris.get(page).text
    assert "Met dit nummer is hier geen wens." in as_joris.post(page, {"deed": "wish", "reference": "XX-99"}).text


# --- on /werk/ -------------------------------------------------------------------------------------------


def test_what_ended_and_a_waiting_list_are_lines_of_work_there_only(make_meeting, come, joris, samira):
    past = timezone.now() - datetime.timedelta(days=2)
    ended = make_meeting(starts_at=past, ends_at=past + datetime.timedelta(hours=1), at=past - datetime.timedelta(days=9))
    full = make_meeting(capacity=1)
    come(full, "Noor"), come(full, "Ria")
    today = timezone.localdate()
    assert [item.link for item in evenings(joris, today)] == [f"{WORK}{ended.pk}/afronden/", f"{WORK}{full.pk}/aanmeldingen/"]
    assert not evenings(samira, today)


# --- on paper --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["poster", "flyer"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_poster_and_flyers_are_tagged_pdf_with_the_short_address(as_joris, make_meeting, name, language, settings):
    import pikepdf

    settings.DEMO = True
    meeting = make_meeting(title=f"Avond #eval(1) {SCRIPT}", offers=["wheelchair", "food"], languages="Turks", text="*Vet* $x$ " * 20)
    answer = as_joris.get(f"{language}{WORK}{meeting.pk}/{name}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 1
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang)[:2] == (language[1:] or "nl")


@pytest.mark.parametrize("template", ["meeting_poster.typ", "meeting_flyer.typ"])
def test_an_arabic_sheet_runs_from_right_to_left_with_its_letters(make_meeting, template):
    """The layout is proven; an Arabic translation of the words is for a city that adds it."""
    import pikepdf

    from buurtdraad.agendas.meetings.views.documents import facts_of
    from buurtdraad.ui import pdf

    meeting = make_meeting(title="لقاء الحي في الأوتهوك", place="دي أوتهوك")
    facts = facts_of(meeting) | {"language": "ar", "rtl": True, "join": "وجّه هاتفك إلى هذه الصورة"}
    with pikepdf.open(io.BytesIO(pdf.render(f"agendas/{template}", facts))) as document:
        assert str(document.Root.Lang) == "ar"
        page = document.pages[0]
        fonts = [str(font.BaseFont) for font in page.Resources.Font.values()]
    assert len(fonts) > 1, "the letters of Arabic come from a font that has them"
