"""The pages of codes at work: letters and slips as PDF, one person, replacing, dropping, and the help point."""

import io
import re

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.budgets.actions.codes import make_batch, make_letters
from buurtdraad.budgets.helping import help_mark, is_help
from buurtdraad.budgets.models import CodeBatch, Register
from buurtdraad.budgets.queries.doings import doings
from buurtdraad.budgets.secrecy import grouped, normalised, reference_words
from buurtdraad.budgets.sources.addresses import Addressee
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.budgets.views.code_papers import letter_facts, slip_facts
from buurtdraad.messages.actions import contact_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b")
LIST = "naam;adres;postcode;plaats\n<script>alert(1)</script>;Geuzenweg 12;3552AB;Utrecht\nKees;Geuzenweg 14;3552AB;Utrecht\n"


def at(name, round_, *more):
    return reverse(f"budgets:{name}", args=[round_.slug, *more])


def send_list(client, round_, text=LIST, **more):
    facts = {"area": "BU03440241", "name": "Geuzenwijk", "file": SimpleUploadedFile("lijst.csv", text.encode())}
    return client.post(at("make_letters", round_), facts | more)


def test_letters_come_as_one_tagged_pdf_and_the_codes_in_it_work(make_round, joris, signed_in):
    made = make_round()
    answer = send_list(signed_in(joris), made)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="brieven.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 2
        assert paper.Root.MarkInfo.Marked
        assert b"3552" not in answer.content
        assert not any("/stemmen/" in str(note) and CODE.search(str(note)) for page in paper.pages for note in page.get("/Annots", []))
    assert Register.objects.count() == 2
    again = send_list(signed_in(joris), made)
    assert again.status_code == 422
    assert Register.objects.count() == 2


def test_a_wrong_list_makes_nothing_and_says_which_row(make_round, joris, signed_in):
    made = make_round()
    answer = send_list(signed_in(joris), made, LIST + "Noor;Plein;geen;Utrecht\n")
    assert answer.status_code == 422
    assert "4" in answer.text
    assert not Register.objects.exists()
    for bad in ("", "\x00\x01", "naam;adres\nKees;Straat\n", "PK\x03\x04xxxx"):
        assert send_list(signed_in(joris), made, bad).status_code == 422
    assert not CodeBatch.objects.exists()


def test_paper_that_cannot_be_made_takes_its_codes_back(make_round, joris, signed_in):
    made = make_round()
    client = signed_in(joris)
    client.raise_request_exception = False
    with override_settings(SITE_URL="x" * 5000):  # no picture holds such an address
        assert send_list(client, made).status_code == 500
    assert not Register.objects.exists()
    assert not CodeBatch.objects.exists()


def test_slips_come_eight_on_a_sheet(make_round, joris, signed_in):
    made = make_round()
    facts = {"area": "BU03440241", "name": "Avond", "number": "17", "channel": "meeting"}
    answer = signed_in(joris).post(at("make_slips", made), facts)
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 3
    assert Register.objects.filter(channel=Channel.MEETING).count() == 17
    for bad in ({"number": "0"}, {"number": "99999999999"}, {"channel": "email"}, {"area": "GM9999"}, {"name": ""}):
        assert signed_in(joris).post(at("make_slips", made), facts | {"name": "Twee"} | bad).status_code == 422
    assert Register.objects.count() == 17


def test_one_person_gets_a_letter_and_a_code_is_replaced(make_round, joris, signed_in):
    made = make_round()
    client = signed_in(joris)
    facts = {"area": "BU03440241", "name": "Hamid", "street": "Geheim 1", "postcode": "3552 AB", "town": "Utrecht", "checked": "on"}
    assert client.post(at("one_letter", made), facts | {"checked": ""}).status_code == 422
    assert client.post(at("one_letter", made), facts | {"postcode": "x"}).status_code == 422
    assert client.post(at("one_letter", made), facts)["Content-Type"] == "application/pdf"
    # Who checks it says so: no box is ticked before.
    for name in BOXES:
        boxes = re.findall(r"<input[^>]*checkbox[^>]*>", client.get(at(name, made)).text)
        assert boxes, name
        assert not any(re.search(r"\schecked[\s=>]", box) for box in boxes), name
    before = Register.objects.get()
    typed = reference_words(before.reference).lower()
    assert client.post(at("replace_code", made), {"reference": typed, "checked": "on"})["Content-Type"] == "application/pdf"
    assert Register.objects.get().register_id != before.register_id
    for wrong in ("", "0000000000", "x" * 5000, "<script>"):
        assert client.post(at("replace_code", made), {"reference": wrong, "checked": "on"}).status_code == 422


def test_the_page_shows_numbers_and_hostile_names_as_text(make_round, joris, signed_in):
    made, now = make_round(), timezone.now()
    client = signed_in(joris)
    assert "<table" not in client.get(at("codes", made)).text
    batch, _letters = make_batch(
        made, channel=Channel.MEETING, area=made.area, name="<script>alert(1)</script>", number=3, by=joris, at=now
    )  # fmt: skip
    page = client.get(at("codes", made)).text
    assert "<script>alert" not in page
    assert not CODE.search(page)
    assert client.get(at("drop_batch", made, batch.uuid)).status_code == 200
    assert CodeBatch.objects.exists()
    assert client.post(at("drop_batch", made, batch.uuid)).status_code == 302
    assert not Register.objects.exists()
    assert client.post(at("drop_batch", made, batch.uuid)).status_code == 404


def test_the_page_asks_the_same_with_one_pile_and_with_three(make_round, joris, signed_in):
    made, client, counts = make_round(), signed_in(joris), []
    for names in (("a",), ("b", "c")):
        for name in names:
            make_batch(made, channel=Channel.MEETING, area=made.area, name=name, number=2, by=joris, at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            client.get(at("codes", made))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


BOXES = ("one_letter", "replace_code")
WORK = ("codes", "make_letters", "make_slips", "one_letter", "replace_code", "help_point")


@pytest.mark.parametrize("name", WORK)
def test_who_has_a_plan_in_the_round_and_who_has_no_duty_there_gets_no_codes(make_round, joris, samira, signed_in, name):
    made = make_round()
    assert signed_in(joris).get(at(name, made)).status_code == 200
    plan = made.plans.first()
    plan.makers.create(contact=contact_for(joris, at=timezone.now()), name="Joris")
    assert signed_in(joris).get(at(name, made)).status_code == 403
    assert signed_in(samira).get(at(name, made)).status_code in {403, 404}


@pytest.mark.parametrize("stage", RoundStage)
def test_what_can_be_done_with_codes_depends_on_the_step(make_round, joris, stage):
    made = make_round(stage=stage)
    names = [url.rstrip("/").rpartition("/")[2] for _label, url in doings(made, joris) if "codes" in url or "hulppunt" in url]
    before = ["codes", "vervangen"]
    expected = {RoundStage.VOTING: [*before, "hulppunt"]} | dict.fromkeys(("announced", "gathering", "checking", "ready"), before)
    assert names == expected.get(stage, [])


# --- the help point ------------------------------------------------------------------------------------


def test_the_help_point_asks_for_consent_and_keeps_nothing(make_round, make_codes, joris, signed_in):
    made = make_round()
    (code,) = make_codes(made)
    client = signed_in(joris)
    facts = {"code": grouped(code), "present": "here", "consent": "on"}
    for bad in ({"consent": ""}, {"present": ""}, {"code": "0000-0000-00001"}, {"code": "x" * 10000}):
        assert client.post(at("help_point", made), facts | bad).status_code == 422
    events = Event.objects.count()
    page = client.post(at("help_point", made), facts)
    assert page.status_code == 200
    assert f'name="code" value="{code}"' in page.text
    mark = re.search(r'name="help" value="([^"]+)"', page.text)[1]
    assert is_help(made, mark)
    assert normalised(code) not in mark
    assert Event.objects.count() == events
    assert code not in str(dict(client.session))
    assert "no-store" in page["Cache-Control"]


def test_a_mark_of_help_is_of_one_round_and_cannot_be_made_up(make_round):
    made, other = make_round(), make_round()
    assert is_help(made, help_mark(made))
    assert not is_help(other, help_mark(made))
    assert not is_help(made, "")
    assert not is_help(made, made.slug)


def test_there_is_a_help_point_only_while_people_vote_and_the_rules_have_it(make_round, joris, signed_in):
    client = signed_in(joris)
    assert client.get(at("help_point", make_round(stage=RoundStage.READY))).status_code == 404
    assert client.get(at("help_point", make_round(channels=["post"]))).status_code == 404


# --- what a letter says --------------------------------------------------------------------------------


def test_a_letter_says_where_to_vote_until_when_and_that_the_code_is_a_secret(make_round, joris, settings):
    settings.SITE_URL, settings.CITY_PHONE = "https://buurt.example.nl", "14 030"
    made = make_round()
    _batch, letters = make_letters(
        made, [Addressee("Kees", "Straat 1", "3552 AB", "Utrecht")], area=made.area, name="Een", by=joris, at=timezone.now()
    )  # fmt: skip
    for facts in (letter_facts(made, letters, organisations=False), slip_facts(made, letters)):
        assert facts["short"] == "buurt.example.nl/stemmen/"
        assert letters[0].code not in facts["qr"]
        assert facts["letters"][0]["code"] == letters[0].code
    assert "14 030" in str(letter_facts(made, letters, organisations=True))
