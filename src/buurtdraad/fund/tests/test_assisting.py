"""Asking for somebody: together, by phone, from paper, for children; papers; and the pages of staff."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.fund.actions import assisting
from buurtdraad.fund.models import Application, ApplicationDocument, SchemeRules
from buurtdraad.fund.states import Channel, SentBy, Stage
from buurtdraad.lib.spam import Opened
from buurtdraad.lib.tests.hostile_files import docx
from buurtdraad.messages.states import Way
from buurtdraad.pages.work_asking import drafts_standing_still

FIRST = {
    "channel": "phone", "name": "Emine Aydin", "address": "Sweelincklaan 1, Utrecht", "phone": "06 12345678", "who": "neighbours",
    "title": "Samen eten", "text": "Elke maand eten met de portiek.", "activity": "meal", "where": "Geuzenwijk",
}  # fmt: skip


@pytest.fixture
def soon():
    return (timezone.localdate() + datetime.timedelta(days=30)).isoformat()


@pytest.fixture
def a_home(settings, tmp_path):
    """A folder for uploads."""
    settings.BUURTDRAAD_HOME = tmp_path
    return tmp_path


def fill_in(client, made, soon, **account):
    """All screens but the last."""
    facts = {"applicant_name": made.applicant_name, "applicant_address": made.applicant_address, "send_by": "handed"}
    for step, typed in (
        ("wanneer", {"starts_on": soon, "visitors": "20"}),
        ("kosten", {"label_0": "Pannen", "amount_0": "300"}),
        ("wie-betaalt", {"hours": "12"}),
        ("rekening", facts | {"iban": "NL91ABNA0417164300"} | account),
    ):
        assert client.post(reverse("fund:write", args=[made.uuid, step]), typed).status_code == 302, step


def test_an_adviser_asks_for_somebody_without_e_mail_and_reads_it_back(client, rules, joris, signed_in, soon):
    signed_in(joris)
    client.post(reverse("fund:begin_for"), FIRST)
    made = Application.objects.get()
    assert (made.channel, made.written_by, made.applicant_name) == (Channel.PHONE, joris.uuid, "Emine Aydin")
    assert (made.contact.person, made.contact.way, made.contact.name) == (None, Way.CALL, "Emine Aydin")
    assert made.initiative.members.get().contact == made.contact
    fill_in(client, made, soon)
    last = reverse("fund:write", args=[made.uuid, "versturen"])
    assert client.post(last).status_code == 422
    made.refresh_from_db()
    assert made.stage == Stage.DRAFT
    assert client.post(last, {"read_back": "on"}).status_code == 302
    made.refresh_from_db()
    assert (made.stage, made.send_by) == (Stage.SUBMITTED, SentBy.HANDED)
    assert made.read_back_at
    assert client.get(reverse("fund:receipt", args=[made.uuid])).status_code == 200


def test_a_change_after_reading_back_has_to_be_read_back_again(client, rules, joris, signed_in, soon):
    signed_in(joris)
    client.post(reverse("fund:begin_for"), FIRST)
    made = Application.objects.get()
    fill_in(client, made, soon)
    assisting.read_back(made, by=joris, at=timezone.now())
    client.post(reverse("fund:write", args=[made.uuid, "kosten"]), {"label_0": "Pannen", "amount_0": "900"})
    made.refresh_from_db()
    assert made.read_back_at is None


def test_paper_counts_from_the_day_on_which_it_lay_in_the_letterbox(client, rules, joris, signed_in):
    signed_in(joris)
    today = timezone.localdate()
    came = today - datetime.timedelta(days=5)
    client.post(reverse("fund:begin_for"), FIRST | {"channel": "paper", "phone": ""})
    made = Application.objects.get()
    assert made.contact.way == Way.NONE
    fill_in(client, made, today.isoformat())  # it began today, and was asked five days ago
    last = reverse("fund:write", args=[made.uuid, "versturen"])
    tomorrow = today + datetime.timedelta(days=1)
    assert client.post(last, {"read_back": "on", "received_on": tomorrow.isoformat()}).status_code == 422
    assert client.post(last, {"read_back": "on", "received_on": came.isoformat()}).status_code == 302
    made.refresh_from_db()
    assert made.received_on == came


def test_nobody_fills_in_a_request_in_an_area_of_others(client, rules, samira, kees, signed_in):
    signed_in(samira)
    assert client.post(reverse("fund:begin_for"), FIRST).status_code == 403
    client.logout()
    signed_in(kees)
    for name in ("begin_for", "helping", "ease_figures"):
        assert client.get(reverse(f"fund:{name}")).status_code == 403
    assert not Application.objects.exists()


def test_children_ask_with_an_adult_who_is_named(client, rules, soon):
    client.post(reverse("fund:apply"), {name: FIRST[name] for name in ("title", "text", "activity", "where")} | {"who": "children"})
    made = Application.objects.get()
    fields = client.get(reverse("fund:write", args=[made.uuid, "rekening"])).context["form"].fields
    assert {"adult_name", "adult_phone"} <= set(fields)
    page = reverse("fund:write", args=[made.uuid, "rekening"])
    typed = {"applicant_name": "Yara", "applicant_address": "Hier 1", "iban": "NL91ABNA0417164300"}
    assert client.post(page, typed).status_code == 422
    assert client.post(page, typed | {"adult_name": "Samira", "adult_phone": "06"}).status_code == 422
    assert client.post(page, typed | {"adult_name": "Emine Aydin", "adult_phone": "0612345678"}).status_code == 302
    made.refresh_from_db()
    assert (made.adult_name, made.payee.holder) == ("Emine Aydin", "Emine Aydin")


def test_an_association_says_its_name_and_what_it_got(client, rules):
    client.post(reverse("fund:apply"), {name: FIRST[name] for name in ("title", "text", "activity", "where")} | {"who": "organisation"})
    made = Application.objects.get()
    page = reverse("fund:write", args=[made.uuid, "rekening"])
    typed = {"applicant_name": "Noor", "applicant_address": "Hier 1", "iban": "NL91ABNA0417164300", "organisation_name": "De Linde"}
    assert client.post(page, typed | {"register_number": "123"}).status_code == 422
    assert client.post(page, typed | {"economic": "on"}).status_code == 422
    assert client.post(page, typed | {"economic": "on", "de_minimis": "niets", "register_number": "12345678"}).status_code == 302
    made.refresh_from_db()
    assert (made.organisation_name, made.payee.holder, made.economic) == ("De Linde", "De Linde", True)


def test_the_account_is_not_typed_again_by_a_neighbour_and_not_shown_to_them(client, make_application, rules):
    made = make_application(stage=Stage.DRAFT)
    for browser in (client, other := Client()):
        session = browser.session
        session["initiatives"] = [str(made.initiative.uuid)]
        session.save()
    page = reverse("fund:write", args=[made.uuid, "rekening"])
    typed = {"applicant_name": "Kees Vermeer", "applicant_address": "Wilgenhof 12"}
    client.post(page, typed | {"iban": "NL91ABNA0417164300"})
    assert "NL91" in client.get(page).content.decode()
    assert "NL91ABNA" not in other.get(page).content.decode()
    assert other.post(page, typed | {"iban": ""}).status_code == 302
    made = Application.objects.get()
    assert made.payee.iban == "NL91ABNA0417164300"


def test_papers_are_kept_by_what_they_are_and_taken_away_again(client, make_application, kees, signed_in, a_home):
    made = make_application(stage=Stage.DRAFT)
    signed_in(kees)
    page = reverse("fund:write", args=[made.uuid, "buren"])
    for content in (b"MZ\x90 program", b""):
        answer = client.post(page, {"add": "1", "document_kind": "map", "document": SimpleUploadedFile("kaart.docx", content)})
        assert answer.status_code == 422
    client.post(page, {"add": "1", "document_kind": "map", "document": SimpleUploadedFile("kaart.docx", docx())})
    paper = ApplicationDocument.objects.get()
    given = client.get(reverse("fund:document", args=[made.uuid, paper.uuid]))
    assert b"".join(given) == docx()
    assert Client().get(reverse("fund:document", args=[made.uuid, paper.uuid])).status_code == 404
    client.post(reverse("fund:drop_document", args=[made.uuid, paper.uuid]))
    assert not ApplicationDocument.objects.exists()
    assert not [path for path in a_home.rglob("*") if path.is_file()]


def test_who_helps_sees_drafts_of_their_own_areas_that_stand_still(client, make_application, joris, samira, signed_in):
    made = make_application(stage=Stage.DRAFT)
    ago = timezone.now() - datetime.timedelta(days=9)
    Application.objects.filter(pk=made.pk).update(helper=joris.uuid, saved_at=ago)
    today = timezone.localdate()
    assert [item.since for item in drafts_standing_still(joris, today)] == [timezone.localdate(ago)]
    assert drafts_standing_still(samira, today) == []
    signed_in(joris)
    assert "Wilgentuin" in client.get(reverse("fund:helping")).content.decode()
    client.logout()
    signed_in(samira)
    assert "Wilgentuin" not in client.get(reverse("fund:helping")).content.decode()
    assert client.get(reverse("fund:ease_figures")).status_code == 200


def test_the_list_of_who_helps_asks_as_much_of_three_as_of_one(client, make_application, joris, signed_in):
    signed_in(joris)
    counts = []
    for number in (1, 3):
        while Application.objects.count() < number:
            made = make_application(stage=Stage.DRAFT)
            Application.objects.filter(pk=made.pk).update(helper=joris.uuid)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("fund:helping"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_small_plan_is_one_screen_and_off_where_the_rules_have_none(client, rules, soon):
    page = reverse("fund:small")
    typed = {name: FIRST[name] for name in ("title", "text", "activity", "where")} | {
        "starts_on": soon, "visitors": "20", "amount": "ongeveer 300", "buys": "Planten", "hours": "8", "applicant_name": "Kees Vermeer",
        "applicant_address": "Wilgenhof 12", "iban": "NL91 ABNA 0417 1643 00",
    }  # fmt: skip
    assert client.post(page, typed).status_code == 422
    assert client.post(page, typed | {"amount": "1001"}).status_code == 422
    assert client.post(page, typed | {"amount": "300", "iban": "NL00"}).status_code == 422
    assert not Application.objects.exists()
    assert client.post(page, typed | {"amount": "300", "phone": "12"}).status_code == 422
    assert not Application.objects.exists()
    sent = client.post(page, typed | {"amount": "300", "phone": "06 12345678"})
    made = Application.objects.get()
    assert sent["Location"] == reverse("fund:application", args=[made.uuid])
    assert (made.small, made.stage, made.asked) == (True, Stage.SUBMITTED, 300)
    assert made.phone.endswith("612345678")
    SchemeRules.objects.update(small_on=False)
    assert b"applicant_name" not in client.get(page).content
    assert client.post(page, typed | {"amount": "300"}).status_code == 200
    assert Application.objects.count() == 1


def test_who_asked_the_same_small_plan_before_reads_so_before_it_is_sent_again(client, rules, soon):
    page = reverse("fund:small")
    typed = {name: FIRST[name] for name in ("title", "text", "activity", "where")} | {
        "starts_on": soon, "visitors": "20", "amount": "300", "buys": "Pannen", "hours": "8", "applicant_name": "Kees Vermeer",
        "applicant_address": "Wilgenhof 12", "iban": "NL91 ABNA 0417 1643 00", "opened": Opened().format_value(None),
    }  # fmt: skip
    assert "another" not in client.get(page).content.decode()
    assert client.post(page, typed).status_code == 302
    made = Application.objects.get()
    # The same form sent twice is one request; a form opened anew is another, and says so first.
    assert client.post(page, typed)["Location"] == reverse("fund:application", args=[made.uuid])
    again = client.post(page, typed | {"opened": ""})
    assert again.status_code == 422
    assert made.number in again.content.decode()
    assert 'name="another"' in again.content.decode()
    assert Application.objects.count() == 1
    assert client.post(page, typed | {"opened": "", "title": "Een bank", "text": "Een bank om te zitten bij de haven."}).status_code == 302
    assert client.post(page, typed | {"opened": "", "another": "on"}).status_code == 302
    assert Application.objects.count() == 3
    assert Client().post(page, typed | {"opened": "", "iban": "NL02ABNA0123456789"}).status_code == 302
