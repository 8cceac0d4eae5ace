"""`/wijkakkoorden/` for everybody, and `/werk/wijkakkoorden/` for who makes them."""

import datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.lib.tests import hostile_files as hostile
from buurtdraad.partners import actions
from buurtdraad.partners.models import Accord, AccordDocument, AccordVersion
from buurtdraad.partners.states import AccordStage
from buurtdraad.partners.tests.test_pages import cost
from buurtdraad.places.models import Area

pytestmark = pytest.mark.django_db
ALL, WORK = "/wijkakkoorden/", "/werk/wijkakkoorden/"
TODAY = timezone.localdate().isoformat()
EVIL = "<script>alert(1)</script>"


def page_of(version, more=""):
    return f"{ALL}{version.accord.uuid}/{more}"


def work_of(version, more=""):
    return f"{WORK}{version.accord.uuid}/{more}"


def words_of(client, **given):
    """What the form sends: a text, and the district in its group."""
    form = client.get(WORK + "nieuw/").context["form"]
    group = next(name for name in form.groups if "WK034401" in dict(form.fields[name].choices))
    return {"title": "Akkoord", "goal": "Goed wonen.", "binding": "effort", group: ["WK034401"]} | given


# --- everybody ------------------------------------------------------------------------------------------


def test_where_nothing_was_agreed_the_list_says_so(client, areas):
    assert "Er is nog geen wijkakkoord" in client.get(ALL).text


@pytest.mark.parametrize("prefix", ["", "/en", "/nl-x-simpel"])
def test_everybody_reads_what_counts_and_who_takes_part_but_no_name_and_no_draft(client, accord, draft, prefix):
    text = client.get(prefix + ALL).text
    assert "Wijkakkoord Zuilen" in text
    assert "Concept Zuilen" not in text
    page = client.get(prefix + page_of(accord)).text
    for words in ("Goed wonen.", "Samen kijken.", "Bo-Ex", "JoU"):
        assert words in page
    assert "Linda" not in page
    for path in (
        page_of(draft),
        page_of(draft, "versie/1/"),
        page_of(draft, "wijkakkoord.pdf"),
        f"{ALL}{uuid4()}/",
        page_of(accord, "versie/9/"),
    ):
        assert client.get(prefix + path).status_code == 404


def test_it_is_there_on_paper_without_a_name(client, accord, sign, add, settings):
    settings.DEMO = True
    sign(accord, add(EVIL))
    answer = client.get(page_of(accord, "wijkakkoord.pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert client.get(page_of(accord, "versie/1/wijkakkoord.pdf")).status_code == 200


def test_who_joined_who_left_and_an_end_are_told(client, accord, sign, add, manager):
    at = timezone.now()
    sign(accord, add("Laat"))
    actions.leave(accord.signatures.first(), on=timezone.localdate(), why="Geen mensen meer", by=manager, at=at)
    page = client.get(page_of(accord)).text
    for words in ("Erbij gekomen op", "Wie gestopt is", "Geen mensen meer"):
        assert words in page
    actions.end_accord(accord, on=timezone.localdate(), why="Alles is gedaan", by=manager, at=at)
    assert "Alles is gedaan" in client.get(page_of(accord)).text
    assert "Gestopt" in client.get(ALL).text


def test_versions_and_what_they_changed_are_shown(client, accord, sign, add, manager):
    draft = actions.draft_next(accord.accord, by=manager, at=timezone.now())
    words = actions.AccordText("Wijkakkoord Zuilen", "Beter wonen.", EVIL)
    actions.change_draft(draft, words, areas=accord.accord.areas.all(), by=manager, at=timezone.now())
    sign(draft, add("Nieuw")), sign(draft, accord.signatures.first().organisation)
    actions.put_in_force(draft, on=timezone.localdate(), by=manager, at=timezone.now())
    page = client.get(page_of(accord)).text
    assert "<del>Goed wonen.</del>" in page
    assert "<ins>Beter wonen.</ins>" in page
    assert EVIL not in page
    before = client.get(page_of(accord, "versie/1/")).text
    assert "Dit is een oudere versie" in before
    assert "<del>" not in before


def test_what_its_parties_offer_there_stands_beside_it(client, accord, add, manager, areas):
    facts = {"areas": [areas["BU03440101"]], "from_on": timezone.localdate(), "by": manager, "at": timezone.now()}
    actions.add_offer(accord.signatures.first().organisation, what="Een zaal", **facts)
    actions.add_offer(add("Ander"), what="Van een ander", **facts)
    page = client.get(page_of(accord)).text
    assert "Een zaal" in page
    assert "Van een ander" not in page


def test_more_parties_and_accords_cost_no_more_queries(office, accord, sign, add, manager):
    paths = (ALL, page_of(accord))
    before = [cost(Client(), path) for path in paths], [cost(office, path) for path in (WORK, work_of(accord))]
    for n in range(3):
        sign(accord, add(f"Partner {n}"))
        version = actions.make_accord(
            actions.AccordText(f"Nog {n}", "Goed"), areas=accord.accord.areas.all(), by=manager, at=timezone.now()
        )
        for signature in accord.signatures.all()[:2]:
            sign(version, signature.organisation)
        actions.put_in_force(version, on=timezone.localdate(), by=manager, at=timezone.now())
    after = [cost(Client(), path) for path in paths], [cost(office, path) for path in (WORK, work_of(accord))]
    assert after == before


# --- work -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", list(Duty))
def test_all_staff_look_and_who_changes_partners_here_changes_it(client, areas, accord, draft, duty):
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034401"])
    sign_in(client, person)
    changes = duty in (Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.PROGRAMME_MANAGER, Duty.ADMINISTRATOR)
    for path in (WORK, work_of(accord)):
        answer = client.get(path)
        assert answer.status_code == (200 if duty in STAFF else 403)
    assert ("Stop dit wijkakkoord" in answer.text) is changes
    for path in (WORK + "nieuw/", work_of(draft, "concept/wijzigen/"), work_of(accord, "stoppen/"), work_of(accord, "versie/1/deelnemer/")):
        assert client.get(path).status_code == (200 if changes else 403)


def test_of_another_area_it_is_not_changed(client, joris, accord, areas):
    accord.accord.areas.set([areas["WK034402"]])
    sign_in(client, joris)
    assert client.get(work_of(accord)).status_code == 200
    for path in ("stoppen/", "versie/1/pdf/", "versie/1/deelnemer/", f"deelnemer/{accord.signatures.first().pk}/wijzigen/"):
        assert client.get(work_of(accord, path)).status_code == 403
    assert client.post(work_of(accord, "concept/")).status_code == 403


def test_from_a_first_draft_to_a_version_that_counts_and_a_next_one(office, add):
    one, two = add("Een", "WK034401"), add("Twee", "WK034401")
    page = office.post(WORK + "nieuw/", words_of(office, title=EVIL), follow=True)
    assert "Het concept is gemaakt" in page.text
    assert EVIL not in page.text
    draft = AccordVersion.objects.get()
    office.post(work_of(draft, "concept/wijzigen/"), words_of(office, title="Beter"))
    assert office.post(work_of(draft, "concept/geldt/"), {"on": TODAY}).status_code == 422
    for partner in (one, two):
        form = office.get(work_of(draft, f"versie/1/deelnemer/?partner={partner.uuid}")).context["form"]
        assert form["organisation"].value() == str(partner.uuid)
        office.post(work_of(draft, "versie/1/deelnemer/"), {"organisation": partner.uuid, "on": TODAY, "signed_by": "Noor, directeur"})
    assert "Noor, directeur" in office.get(work_of(draft)).text
    office.post(work_of(draft, "concept/geldt/"), {"on": TODAY})
    draft.refresh_from_db()
    assert (draft.title, draft.stage) == ("Beter", AccordStage.IN_FORCE)
    page = office.post(work_of(draft, "concept/"), follow=True).text
    assert page.count("Heeft deze versie nog niet ondertekend") == 2
    assert "Er is al een concept" in office.post(work_of(draft, "concept/"), follow=True).text
    assert office.post(work_of(draft, "concept/weg/")).headers["Location"] == work_of(draft)
    assert office.get(work_of(draft, "concept/weg/")).status_code == 404
    office.post(work_of(draft, "stoppen/"), {"on": TODAY, "why": "Klaar"})
    draft.refresh_from_db()
    assert draft.stage == AccordStage.ENDED
    assert office.get(work_of(draft, "stoppen/")).status_code == 404


def test_a_signature_is_changed_and_taken_out_of_a_draft(office, draft, sign, add):
    signature = sign(draft, add("Een"))
    office.post(work_of(draft, f"deelnemer/{signature.pk}/wijzigen/"), {"on": TODAY, "signed_by": "Kees"})
    signature.refresh_from_db()
    assert signature.signed_by == "Kees"
    office.post(work_of(draft, f"deelnemer/{signature.pk}/weg/"))
    assert not draft.signatures.exists()
    assert office.post(work_of(draft, f"deelnemer/{signature.pk}/weg/")).status_code == 404


def test_a_draft_alone_is_thrown_away_whole(office, draft):
    assert office.get(work_of(draft, "concept/weg/")).status_code == 200
    assert office.post(work_of(draft, "concept/weg/")).headers["Location"] == WORK
    assert not Accord.objects.exists()
    assert "Er is nog geen wijkakkoord" in office.get(WORK).text


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"goal": ""}, {"binding": "hope"}, {"title": "x" * 151}, {"goal": "x" * 2001}, {"areas_1": []}, {"areas_1": ["BU9"]}],
)
def test_a_text_that_cannot_be_is_told_in_words(office, areas, wrong):
    sent = words_of(office)
    group = next(name for name in sent if name.startswith("areas_"))
    answer = office.post(WORK + "nieuw/", sent | {group if key.startswith("areas_") else key: value for key, value in wrong.items()})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_day_out_of_reach_is_told_why(office, accord, add):
    path, sent = work_of(accord, "versie/1/deelnemer/"), {"organisation": add("Een").uuid}
    assert "Kies 1 januari 1990 of een latere dag" in office.post(path, sent | {"on": "1950-01-01"}).text
    assert "Kies vandaag of een dag ervoor" in office.post(path, sent | {"on": "2099-01-01"}).text


def test_pages_say_who_still_has_to_sign_the_next_version(office, accord, sign, add, manager):
    at = timezone.now()
    draft = actions.draft_next(accord.accord, by=manager, at=at)
    assert "Nog niet ondertekend: Bo-Ex, JoU." in office.get(work_of(accord, "concept/geldt/")).text
    bo_ex, jou = (one.organisation for one in accord.signatures.order_by("organisation__name"))
    sign(draft, bo_ex), sign(draft, add("Nieuw"))
    assert "Nog niet ondertekend: JoU." in office.get(work_of(accord, "concept/geldt/")).text
    actions.put_in_force(draft, on=timezone.localdate(), by=manager, at=at)
    words = "Wie deze versie nog moet ondertekenen"
    assert Client().get(page_of(accord)).context["not_yet"] == [jou]
    assert words in Client().get(page_of(accord)).text
    assert "Heeft deze versie nog niet ondertekend" in office.get(work_of(accord)).text
    sign(draft, jou)
    assert words not in Client().get(page_of(accord)).text


def test_the_page_says_that_a_party_stopped(office, accord, manager):
    party = accord.signatures.first().organisation
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert "Deze partner is gestopt op" not in Client().get(page_of(accord)).text
    accord.accord.areas.set([Area.objects.get(code="WK034402")])
    actions.end_organisation(party, last_day=yesterday, by=manager, at=timezone.now())
    assert "Deze partner is gestopt op" in Client().get(page_of(accord)).text
    assert "WK034402" in Event.objects.get(verb="organisation.ended").touches, "the page is made anew"


@pytest.mark.parametrize(
    "wrong", [{"on": ""}, {"on": "x"}, {"on": "2100-01-01"}, {"on": "0001-01-01"}, {"organisation": "x"}, {"organisation": ""}]
)
def test_a_party_that_cannot_be_is_told_in_words(office, accord, add, wrong):
    sent = {"organisation": add("Een").uuid, "on": TODAY} | wrong
    assert office.post(work_of(accord, "versie/1/deelnemer/"), sent).status_code == 422


def test_the_signed_pdf_is_for_staff_unless_somebody_says_that_no_name_is_in_it(office, client, accord, settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    visitor, path = Client(), work_of(accord, "versie/1/pdf/")
    wrong = office.post(path, {"paper": SimpleUploadedFile("plan.docx", hostile.docx())})
    assert wrong.status_code == 422
    assert "Kies een PDF" in office.post(path, {"paper": SimpleUploadedFile("plan.txt", b"tekst")}).text
    office.post(path, {"paper": SimpleUploadedFile("akkoord.pdf", hostile.PDF)})
    assert visitor.get(page_of(accord, "versie/1/ondertekend.pdf")).status_code == 404
    answer = office.get(work_of(accord, "versie/1/ondertekend.pdf"))
    assert answer.getvalue() == hostile.PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    assert visitor.get(work_of(accord, "versie/1/ondertekend.pdf")).status_code == 302
    office.post(path, {"paper": SimpleUploadedFile("akkoord.pdf", hostile.PDF), "on_site": "on"})
    assert "ondertekend.pdf" in visitor.get(page_of(accord)).text
    assert visitor.get(page_of(accord, "versie/1/ondertekend.pdf")).getvalue() == hostile.PDF
    office.post(work_of(accord, "versie/1/pdf/weg/"))
    assert not AccordDocument.objects.exists()
