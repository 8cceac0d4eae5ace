import datetime
import io
import re

import pikepdf
import pytest
from django.utils import timezone

from buurtdraad.messages import actions, emails, queries
from buurtdraad.messages.models import Contact, Mail, Message, PhoneNumber, Preference, Slip
from buurtdraad.messages.rules import as_written, new_slip_number
from buurtdraad.messages.states import Kind, Rhythm, Stage, Way

pytestmark = pytest.mark.django_db
CHOICES = "/mijn/berichten/"


def now():
    return timezone.now()


# --- how you hear from us ---------------------------------------------------------------------------


def test_looking_at_your_choices_makes_nothing(signed_in, kees, areas):
    page = signed_in(kees).get(CHOICES).content.decode()
    assert "Hoe hoort u van ons?" in page
    assert not Contact.objects.exists()


def test_a_visitor_has_no_choices(client):
    assert client.get(CHOICES).status_code == 302


def test_who_wants_to_be_called_gives_a_number(signed_in, kees, areas):
    client = signed_in(kees)
    without = client.post(CHOICES, {"form": "way", "way": "call", "phone": "", "language": "nl"})
    assert without.status_code == 422
    assert "Welk nummer mogen wij bellen?" in without.content.decode()
    assert client.post(CHOICES, {"form": "way", "way": "call", "phone": "06 12345678", "language": "en"}).status_code == 302
    contact = Contact.objects.get(person=kees)
    assert (contact.way, contact.language, contact.phone.number) == (Way.CALL, "en", "0612345678")
    assert client.post(CHOICES, {"form": "way", "way": "call", "phone": "", "language": "nl"}).status_code == 302
    assert PhoneNumber.objects.get().number == "0612345678"


def test_another_way_throws_the_number_away(signed_in, kees, areas):
    client = signed_in(kees)
    client.post(CHOICES, {"form": "way", "way": "call", "phone": "06 12345678", "language": "nl"})
    client.post(CHOICES, {"form": "way", "way": "board", "phone": "06 12345678", "language": "nl"})
    assert not PhoneNumber.objects.exists()


def test_email_asks_for_a_confirmed_address(signed_in, kees, areas):
    type(kees).objects.update(confirmed_at=None)
    response = signed_in(kees).post(CHOICES, {"form": "way", "way": "email", "language": "nl"})
    assert response.status_code == 422
    assert "e-mailadres van u dat u hebt bevestigd" in response.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"form": "x"},
        {"form": "way"},
        {"form": "way", "way": "pigeon", "language": "nl"},
        {"form": "way", "way": "none", "language": "klingon"},
        {"form": "way", "way": "call", "phone": "112", "language": "nl"},
        {"form": "rhythm", "vaak-kind": "decision", "vaak-rhythm": "never"},
        {"form": "rhythm", "vaak-kind": "wish", "vaak-rhythm": "never", "vaak-area": "BU99999999"},
        {"form": "drop", "preference": "x"},
        {"form": "drop", "preference": "9" * 30},
    ],
)
def test_a_strange_choice_changes_nothing(signed_in, kees, areas, sent):
    assert signed_in(kees).post(CHOICES, sent).status_code == 422
    assert not Contact.objects.exists()


def test_the_last_choice_about_a_subject_holds(signed_in, kees, areas):
    client = signed_in(kees)
    for rhythm in ("weekly", "never"):
        client.post(CHOICES, {"form": "rhythm", "vaak-area": "BU03440241", "vaak-kind": "wish", "vaak-rhythm": rhythm})
    assert Preference.objects.get().rhythm == Rhythm.NEVER
    assert "Geuzenwijk" in client.get(CHOICES).content.decode()


def test_nobody_takes_away_the_choice_of_another(signed_in, kees, joris):
    contact = actions.contact_for(joris, at=now())
    theirs = actions.choose_rhythm(contact, area=None, kind=Kind.WISH, rhythm=Rhythm.DAILY, by=joris.uuid, at=now())
    signed_in(kees).post(CHOICES, {"form": "drop", "preference": str(theirs.pk)})
    assert Preference.objects.filter(pk=theirs.pk).exists()
    signed_in(joris).post(CHOICES, {"form": "drop", "preference": str(theirs.pk)})
    assert not Preference.objects.exists()


# --- a slip's number ----------------------------------------------------------------------------------


def test_a_slip_shows_how_it_stands_and_no_name(client, emine, tell):
    slip = actions.give_slip(emine, thing="wish:42", by=None, at=now())
    typed = {"number": as_written(slip.number).lower()}
    assert "Er is nog geen nieuws." in client.post("/nakijken/", typed).content.decode()
    tell(emine, subject="Uw wens over een bank is gekozen", body="Beste mevrouw Aydin,")
    tell(emine, subject="Iets anders", thing="wish:43")
    page = client.post("/nakijken/", typed).content.decode()
    assert "Uw wens over een bank is gekozen" in page
    assert "Aydin" not in page
    assert "Iets anders" not in page
    assert 'href="/wensen/ZO-42/"' in page
    assert 'href="/en/wensen/ZO-42/"' in client.post("/en/nakijken/", typed).content.decode()


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH", "<script>alert(1)</script>", "x" * 500, "unknown"])
def test_a_number_that_is_none_gets_a_clear_answer(client, db, typed):
    typed = new_slip_number() if typed == "unknown" else typed
    response = client.post("/nakijken/", {"number": typed})
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()


def test_guessing_numbers_is_stopped_and_an_evening_of_neighbours_is_not(client, emine):
    numbers = [actions.give_slip(emine, thing=f"wish:{n}", by=None, at=now()).number for n in range(60)]
    assert {client.post("/nakijken/", {"number": number}).status_code for number in numbers} == {200}
    # A try comes back every twelve seconds, so how many there are in all depends on the machine.
    answers = iter(lambda: client.post("/nakijken/", {"number": new_slip_number()}).status_code, 429)
    assert list(answers).count(422) >= 240
    assert 429 in {client.post("/nakijken/", {"number": numbers[0]}).status_code for _ in range(5)}
    assert client.post("/nakijken/", {"number": numbers[0]}, REMOTE_ADDR="10.0.0.9").status_code == 200


# --- stopping mails --------------------------------------------------------------------------------------


def stop_path(contact, kind=Kind.WISH, area=""):
    return emails.stop_url(contact, kind, area).removeprefix("https://buurt.example.nl")


def test_a_filter_that_opens_the_link_stops_nothing(client, kees):
    contact = actions.contact_for(kees, at=now())
    page = client.get(stop_path(contact)).content.decode()
    assert "Wilt u deze mails stoppen?" in page
    assert "Kees" not in page
    assert "kees@example.nl" not in page
    assert not Preference.objects.exists()


def test_one_click_of_a_mail_program_stops_this_subject_in_this_area(kees, areas):
    from django.test import Client

    contact = actions.contact_for(kees, at=now())
    strict = Client(enforce_csrf_checks=True)
    address = stop_path(contact, area="BU03440241")
    for _ in range(2):
        response = strict.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert response.status_code == 200
    assert "wensen in Geuzenwijk" in response.content.decode()
    preference = Preference.objects.get()
    assert (preference.kind, preference.area, preference.rhythm) == (Kind.WISH, areas["BU03440241"], Rhythm.NEVER)


@pytest.mark.parametrize(("kind", "sent"), [(Kind.WISH, {"everything": "1"}), ("", {})])
def test_all_mails_are_stopped(client, kees, kind, sent):
    contact = actions.contact_for(kees, at=now())
    assert "U krijgt geen mails meer van ons." in client.post(stop_path(contact, kind), sent).content.decode()
    contact.refresh_from_db()
    assert contact.way == Way.NONE


def test_a_link_stops_the_mails_of_its_owner_whoever_is_signed_in(signed_in, kees, joris):
    of_joris = actions.contact_for(joris, at=now())
    actions.contact_for(kees, at=now())
    signed_in(kees).post(stop_path(of_joris), {"everything": "1"})
    assert dict(Contact.objects.values_list("person__name", "way")) == {"Joris Bakker": Way.NONE, "Kees Vermeer": Way.EMAIL}


def test_a_mangled_link_says_so_and_changes_nothing(client, kees, joris):
    contact, other = actions.contact_for(kees, at=now()), actions.contact_for(joris, at=now())
    token, foreign = (stop_path(one).split("/")[2] for one in (contact, other))
    mixed = ":".join([foreign.split(":")[0], *token.split(":")[1:]])
    for broken in (token[:-1], token[1:], mixed, "x", "%00", "a:b:c", token.upper(), token.replace(":", "")):
        for answer in (client.get(f"/afmelden/{broken}/"), client.post(f"/afmelden/{broken}/", {"everything": "1"})):
            assert answer.status_code == 404
    assert set(Contact.objects.values_list("way", flat=True)) == {Way.EMAIL}


def test_a_token_made_for_something_else_stops_nothing(client, kees):
    from django.core import signing

    contact = actions.contact_for(kees, at=now())
    token = signing.dumps([contact.uuid.hex, "wish", ""], salt="another purpose")
    assert client.post(f"/afmelden/{token}/").status_code == 404


# --- the board ---------------------------------------------------------------------------------------------


def announced(area, text, at):
    return actions.announce(area, kind=Kind.DONE, board=text, by=None, at=at)


OCTOBER = datetime.datetime(2026, 10, 5, 12, tzinfo=datetime.UTC)


def test_the_board_of_a_wijk_tells_of_its_buurten_each_thing_once(areas, emine, kees, tell):
    here = areas["BU03440241"]
    for person in (emine, kees):
        tell(person, area=here, board="De bank op de Wilgenhof staat er.", at=OCTOBER)
    announced(areas["WK034402"], "Er is een nieuwe\nwijkadviseur.", OCTOBER)
    announced(areas["BU03440321"], "Elders.", OCTOBER)
    announced(here, "Vorig jaar.", OCTOBER.replace(year=2025))
    month = datetime.date(2026, 10, 1)
    assert queries.on_the_board(queries.on_the_board_of(areas["WK034402"]), month) == [
        "De bank op de Wilgenhof staat er.",
        "Er is een nieuwe wijkadviseur.",
    ]


def test_a_month_begins_at_midnight_in_amsterdam(areas):
    here = areas["BU03440241"]
    announced(here, "Nog oktober.", datetime.datetime(2026, 10, 31, 22, 59, tzinfo=datetime.UTC))
    announced(here, "Al november.", datetime.datetime(2026, 10, 31, 23, 0, tzinfo=datetime.UTC))
    assert queries.on_the_board([here.pk], datetime.date(2026, 11, 1)) == ["Al november."]


@pytest.mark.parametrize("text", [None, "De bank staat er.", "#panic() *x* $y$ <script>"])
def test_a_poster_is_tagged_large_and_full_of_what_people_typed(signed_in, joris, areas, text):
    if text:
        announced(areas["BU03440241"], text, OCTOBER)
    response = signed_in(joris).get("/werk/poster/WK034402/?maand=2026-10")
    assert response["Content-Type"] == "application/pdf"
    document = pikepdf.open(io.BytesIO(response.content))
    assert bool(document.Root.MarkInfo.Marked)
    with document.open_metadata() as facts:
        assert facts["dc:title"] == "Wat gebeurde er in Noordwest?"
    sizes = [float(size) for page in document.pages for size in re.findall(rb"/\S+ ([\d.]+) Tf", page.Contents.read_bytes())]
    assert max(sizes) >= 38
    assert 22 in sizes


@pytest.mark.parametrize("address", ["/werk/poster/GM9999/", "/werk/poster/WK034402/?maand=x", "/werk/poster/WK034402/?maand=2026-13"])
def test_a_poster_of_nothing_is_not_found(signed_in, joris, address):
    assert signed_in(joris).get(address).status_code == 404


# --- the demo's outbox -----------------------------------------------------------------------------------------


def test_the_outbox_shows_what_would_have_been_mailed(client, settings, kees, tell):
    settings.DEMO = True
    tell(kees, body="<script>alert(1)</script>")
    mail = actions.deliver(Mail.objects.get().pk, at=now())
    assert mail.stage == Stage.SENT
    page = client.get("/demo/post/").content.decode()
    assert "kees@example.nl" in page
    assert 'href="https://buurt.example.nl/wensen/ZO-42/"' in page
    assert "<script>alert" not in page
    letter = client.get(f"/demo/post/{mail.uuid}/")
    assert "Uw wens over een bank is klaar" in letter.content.decode()
    assert "<script" not in letter.content.decode()
    assert "script-src" not in letter["Content-Security-Policy"]
    assert "default-src 'none'" in letter["Content-Security-Policy"]


def test_outside_the_demo_there_is_no_outbox(client, kees, tell):
    tell(kees)
    assert client.get("/demo/post/").status_code == 404
    assert client.get(f"/demo/post/{Mail.objects.get().uuid}/").status_code == 404


def test_a_slip_goes_with_the_message_of_a_person_without_email(emine, tell):
    message = tell(emine)
    assert Message.objects.get() == message
    assert queries.slips_of(emine) == {"wish:42": Slip.objects.get().number}
