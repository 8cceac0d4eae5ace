"""Answer sheets: their numbers, the PDF, and entering a pile."""

import io
import re
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.rules import NotASheet, new_sheet_number, sheet_number
from buurtdraad.agendas.wishes.actions import support
from buurtdraad.agendas.wishes.models import Giver, Wish
from buurtdraad.agendas.wishes.states import Channel, Showing, Theme
from buurtdraad.audit.models import Event
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact, PhoneNumber
from buurtdraad.messages.rules import LETTERS
from buurtdraad.messages.states import Way

PILE = "/werk/stapel/"


def filled(page, **typed):
    """The form of a page as it stands there, with what somebody types."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | typed


def enter(client, **typed):
    """Type one sheet over on the page where one is, and press Enter."""
    page = client.get(typed.pop("page", PILE))
    return client.post(PILE, filled(page, **typed), follow=True)


# --- numbers ---------------------------------------------------------------------------------------


@given(st.integers(0, 7), st.sampled_from(LETTERS))
def test_one_wrong_character_in_a_number_is_seen(place, letter):
    number = new_sheet_number().replace("-", "")
    wrong = number[:place] + letter + number[place + 1 :]
    assert sheet_number(number.lower()) == number
    if wrong != number:
        with pytest.raises(NotASheet):
            sheet_number(wrong)


# --- the paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "title"), [("nl", "Wat wilt u in Geuzenwijk?"), ("en", "What do you want in Geuzenwijk?")])
def test_sheets_are_tagged_large_and_have_each_a_number(signed_in, joris, areas, language, title):
    answer = signed_in(joris).get(f"{PILE}bladen/?print-number=3&print-area=BU03440241&print-language={language}")
    assert answer["Content-Type"] == "application/pdf"
    document = pikepdf.open(io.BytesIO(answer.content))
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang).startswith(language)
    assert len(document.pages) == 3
    with document.open_metadata() as facts:
        assert facts["dc:title"] == title
        assert facts["pdfuaid:part"] == "1"
    sizes = {float(size) for page in document.pages for size in re.findall(rb"/\S+ ([\d.]+) Tf", page.Contents.read_bytes())}
    assert {16.0, 22.0, 26.0} <= sizes


@pytest.mark.parametrize("query", ["print-number=0", "print-number=101", "print-number=x", "print-number=1&print-area=BU03440321"])
def test_strange_numbers_of_sheets_are_refused(signed_in, joris, areas, query):
    assert signed_in(joris).get(f"{PILE}bladen/?print-language=nl&{query}").status_code == 422


# --- the pile --------------------------------------------------------------------------------------


def test_a_pile_is_typed_over_sheet_after_sheet(signed_in, joris, areas):
    client, numbers = signed_in(joris), [new_sheet_number() for _each in range(3)]
    page = enter(
        client,
        number=numbers[0],
        text="Een bank",
        area="BU03440241",
        theme="green",
        name="Kees",
        phone="06 12345678",
        about="Avond 12 november",
    )
    for number, text in zip(numbers[1:], ["Meer licht", "Minder afval"], strict=True):
        kept = page.context["form"]
        assert [kept[name].value() for name in ("area", "theme", "about", "text", "number")] == [
            "BU03440241", "green", "Avond 12 november", None, None,
        ]  # fmt: skip
        page = client.post(PILE, filled(page, number=number.lower().replace("-", " "), text=text), follow=True)
    wishes = Wish.objects.order_by("pk")
    assert [wish.text for wish in wishes] == ["Een bank", "Meer licht", "Minder afval"]
    assert {(wish.channel, wish.theme, wish.showing) for wish in wishes} == {(Channel.PAPER, Theme.GREEN, Showing.WAITING)}
    assert len({wish.batch for wish in wishes}) == 1
    assert Batch.objects.get().name == "Avond 12 november"
    assert [number for _wish, number in page.context["entered"]] == numbers[::-1]
    assert PhoneNumber.objects.get().number == "0612345678"
    assert [giver.contact.way if giver.contact else None for giver in Giver.objects.order_by("pk")] == [Way.CALL, None, None]


def test_the_number_has_the_cursor_and_enter_sends(signed_in, joris, areas):
    page = signed_in(joris).get(PILE).content.decode()
    assert re.search(r"<input[^>]*id=\"id_number\"[^>]*autofocus", page) or re.search(r"<input[^>]*autofocus[^>]*id=\"id_number\"", page)
    assert "data-enter-sends" in page
    order = [page.index(f'id="id_{name}"') for name in ("number", "text", "area", "theme", "kind", "name", "phone", "about")]
    assert order == sorted(order)


def test_other_paper_has_no_number(signed_in, joris, areas):
    for _each in range(2):
        enter(signed_in(joris), text="Een bank", area="BU03440241")
    assert Wish.objects.count() == 2


@pytest.mark.parametrize("number", ["ABCD-EFGH", "123", "ABCDEFGHI", "<script>"])
def test_a_wrong_number_is_refused_in_plain_words(signed_in, joris, areas, number):
    answer = enter(signed_in(joris), number=number, text="Een bank", area="BU03440241")
    assert answer.status_code == 422
    assert "number" in answer.context["form"].errors
    assert not Wish.objects.exists()


def test_a_sheet_is_entered_once_whoever_does_it(signed_in, joris, areas):
    number = new_sheet_number()
    enter(signed_in(joris), number=number, text="Een bank", area="BU03440241")
    answer = enter(signed_in(joris), number=number, text="Iets anders", area="BU03440242")
    assert answer.status_code == 422
    assert "ZO-1" in str(answer.context["form"].errors["number"])
    assert Wish.objects.count() == 1


def test_one_form_sent_twice_is_one_sheet(signed_in, joris, areas):
    client = signed_in(joris)
    data = filled(client.get(PILE), text="Een bank", area="BU03440241")
    for _each in range(2):
        assert client.post(PILE, data).status_code == 302
    assert Wish.objects.count() == 1


def test_the_last_one_can_be_taken_out_again_with_who_gave_it(signed_in, joris, areas):
    client = signed_in(joris)
    page = enter(client, text="Een bank", area="BU03440241", name="Kees", phone="06 12345678")
    wish, sitting = Wish.objects.get(), page.context["sitting"]
    page = client.post(PILE, {"undo": wish.reference, "sitting": sitting}, follow=True)
    assert page.context["entered"] == []
    assert not Wish.objects.exists()
    assert not Contact.objects.filter(name="Kees").exists()
    assert not PhoneNumber.objects.exists()
    assert Event.objects.filter(verb="wish.taken_back", thing=f"wish:{wish.reference}").exists()


def test_what_others_built_on_stays(signed_in, joris, kees, areas):
    client = signed_in(joris)
    page = enter(client, text="Een bank", area="BU03440241")
    wish = Wish.objects.get()
    support(wish, contact=contact_for(kees, at=timezone.now()), at=timezone.now())
    client.post(PILE, {"undo": wish.reference, "sitting": page.context["sitting"]})
    assert Wish.objects.filter(pk=wish.pk).exists()


def test_nobody_takes_out_what_another_entered(signed_in, joris, samira, areas):
    page = enter(signed_in(joris), text="Een bank", area="BU03440241")
    undo = {"undo": Wish.objects.get().reference, "sitting": page.context["sitting"]}
    signed_in(samira).post(PILE, undo)
    assert Wish.objects.count() == 1
    assert signed_in(samira).get(f"{PILE}?zitting={page.context['sitting']}").context["entered"] == []


@pytest.mark.parametrize(
    "changed", [{"area": "BU03440321"}, {"area": ""}, {"text": ""}, {"text": "x" * 2001}, {"phone": "12"}, {"sitting": "x"}]
)
def test_what_is_not_right_is_said_and_nothing_is_kept(signed_in, joris, areas, changed):
    assert enter(signed_in(joris), **{"text": "Een bank", "area": "BU03440241"} | changed).status_code == 422
    assert not Wish.objects.exists()


@pytest.mark.parametrize("strange", ["", "x", "\0", "ZO-1' OR 1=1 --", "ZO-99"])
def test_a_strange_undo_takes_nothing_out(signed_in, joris, areas, strange):
    page = enter(signed_in(joris), text="Een bank", area="BU03440241")
    data = {"undo": strange, "sitting": page.context["sitting"]}
    assert signed_in(joris).post(PILE, data).status_code == 302
    assert Wish.objects.count() == 1


def test_a_strange_sitting_is_a_new_one(signed_in, joris, areas):
    for strange in ("x", "", str(uuid4()), "<script>"):
        assert signed_in(joris).get(PILE, {"zitting": strange}).context["entered"] == []


def test_a_pile_is_for_advisers(client, signed_in, kees, hamid, areas):
    assert client.get(PILE).status_code == 302
    assert signed_in(kees).get(PILE).status_code == signed_in(hamid).get(PILE).status_code == 403


def test_what_a_sheet_says_is_shown_as_text(signed_in, joris, areas):
    page = enter(signed_in(joris), text="<script>alert(1)</script>", area="BU03440241", about="<b>x</b>").content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>x</b>" not in page


def test_the_page_asks_as_much_for_three_sheets_as_for_one(signed_in, joris, areas):
    client, page, numbers = signed_in(joris), None, []
    for more in (1, 2):
        for _each in range(more):
            page = enter(client, text="Bank", area="BU03440241", page=f"{PILE}?zitting={page.context['sitting']}" if page else PILE)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{PILE}?zitting={page.context['sitting']}")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
