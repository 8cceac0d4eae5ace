"""The pages of a report: staff write it, everybody reads it, and each number leads to what it counts."""

import csv
import datetime
import io
import json
import zipfile

import pikepdf
import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.reports.actions import reviewing, sentences
from buurtdraad.reports.actions.standing import keep_standing, keep_today
from buurtdraad.reports.models import Report, Sentence
from buurtdraad.reports.queries import drafts
from buurtdraad.reports.tasks import make_files
from buurtdraad.reports.tests.report_city import FROM, HOSTILE, TODAY, UNTIL
from buurtdraad.works.models import Work

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + datetime.timedelta(hours=1)
ANSWERS = "wensen-op-tijd-zuilen-oost"


def public(report, rest=""):
    return f"/voortgang/{report.slug}/{rest}"


def work(report, rest=""):
    return f"/werk/rapport/{report.slug}/{rest}"


# --- staff --------------------------------------------------------------------------------------------


def test_one_button_makes_the_report(told, noor, signed_in):
    client = signed_in(noor)
    page = client.get("/werk/rapport/")
    assert page.status_code == 200
    first, last = drafts.half_year_of(TODAY)
    answer = client.post("/werk/rapport/", {"from_on": first.isoformat(), "until_on": last.isoformat()})
    made = Report.objects.get()
    assert answer.url == work(made)
    assert client.get(work(made)).status_code == 200


def test_days_that_cannot_be_are_said_on_the_form(told, noor, signed_in):
    client = signed_in(noor)
    for first, last in (("", ""), ("gisteren", "x"), ("2026-12-01", "2026-01-01"), ("2999-01-01", "2999-06-30")):
        assert client.post("/werk/rapport/", {"from_on": first, "until_on": last}).status_code == 422
    assert not Report.objects.exists()


def test_who_does_not_write_gets_no_button(report, joris, emine, client, signed_in):
    assert client.get("/werk/rapport/").status_code == 302
    page = signed_in(joris).get(work(report))
    assert page.status_code == 200
    assert "/zin/" not in page.text
    assert signed_in(joris).post("/werk/rapport/", {"from_on": FROM, "until_on": UNTIL}).status_code == 403
    sentence = Sentence.objects.first()
    assert signed_in(joris).get(work(report, f"zin/{sentence.pk}/")).status_code == 403
    for deed in ("lezen", "publiceren", "goedkeuren", "weggooien", "weg"):
        assert signed_in(joris).post(work(report, "stap/"), {"deed": deed}).status_code == 403
    assert signed_in(joris).post(work(report, "opnieuw/")).status_code == 403


def test_a_draft_is_thrown_away_after_a_question(report, noor, signed_in):
    client = signed_in(noor)
    assert "Gooi dit concept weg" in client.get(work(report)).text
    asked = client.post(work(report, "stap/"), {"deed": "weggooien"})
    assert "Dit concept weggooien?" in asked.text
    assert Report.objects.filter(pk=report.pk).exists()
    assert client.post(work(report, "stap/"), {"deed": "weg"}).headers["Location"] == "/werk/rapport/"
    assert not Report.objects.filter(pk=report.pk).exists()


def test_a_sentence_is_written_left_out_put_back_and_added(report, noor, signed_in):
    client = signed_in(noor)
    one = Sentence.objects.get(section__subject="zuilen-oost", key="answers")
    path = work(report, f"zin/{one.pk}/")
    assert "{wensen-op-tijd-zuilen-oost}" in client.get(path).text
    assert client.post(path, {"text": "Er zijn {nergens}."}).status_code == 422
    assert client.post(path, {"text": ""}).status_code == 422
    assert client.post(path, {"text": f"Bijna: {{{ANSWERS}}} {HOSTILE.split(' {')[0]}"}).status_code == 302
    page = client.get(work(report)).text
    assert "Bijna: <a" in page
    assert "<script>alert" not in page
    assert client.post(f"{path}doen/", {"deed": "weg"}).status_code == 302
    assert "<s>" in client.get(work(report)).text
    assert client.post(f"{path}doen/", {"deed": "terug"}).status_code == 302
    one.refresh_from_db()
    assert (one.left_out, one.edited) == (False, False)
    assert client.post(f"{path}doen/", {"deed": "onzin"}).status_code == 404
    add = work(report, f"deel/{one.section_id}/zin/?deel=onzin")
    assert client.get(add).status_code == 200
    assert client.post(add, {"text": "Dank aan iedereen."}).status_code == 302
    assert client.post(work(report, f"zin/{Sentence.objects.get(key='').pk}/doen/"), {"deed": "verwijderen"}).status_code == 302
    assert client.get(work(report, "zin/999999/")).status_code == 404
    assert client.get(f"/werk/rapport/2020-1/zin/{one.pk}/").status_code == 404


def test_a_changed_number_is_marked_on_the_page(report, noor, signed_in):
    client = signed_in(noor)
    one = Sentence.objects.get(section__subject="zuilen-oost", key="answers")
    sentences.rewrite(one, f"Op tijd: {{{ANSWERS}}}.", by=noor, at=NOW)
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    assert client.post(work(report, "opnieuw/")).status_code == 302
    page = client.get(work(report)).text
    assert f'href="#zin-{one.pk}"' in page
    assert client.get(work(report, f"zin/{one.pk}/")).status_code == 200


def test_the_whole_way_by_buttons(report, noor, joris, anouk, signed_in):
    def press(person, deed):
        return signed_in(person).post(work(report, "stap/"), {"deed": deed}, follow=True)

    press(noor, "lezen")
    section = report.sections.first()
    assert signed_in(joris).get(work(report, f"deel/{section.pk}/opmerking/")).status_code == 200
    assert signed_in(joris).post(work(report, f"deel/{section.pk}/opmerking/"), {"text": "<b>Klopt dit?</b>"}).status_code == 302
    assert "&lt;b&gt;Klopt dit?" in signed_in(noor).get(work(report)).text
    remark = section.remarks.get()
    assert signed_in(noor).post(work(report, f"opmerking/{remark.pk}/klaar/")).status_code == 302
    press(joris, "gelezen")
    press(noor, "goedkeuren")
    assert Report.objects.get().stage == "review"
    press(anouk, "goedkeuren")
    assert Report.objects.get().stage == "approved"
    assert signed_in(noor).get(work(report, f"zin/{Sentence.objects.first().pk}/")).status_code == 403
    press(noor, "publiceren")
    assert Report.objects.get().stage == "published"
    assert signed_in(noor).get(public(report)).status_code == 200
    path = work(report, "verbeteren/")
    assert signed_in(noor).get(path).status_code == 200
    assert signed_in(noor).post(path, {"text": "Niet 2 maar 3."}).status_code == 302
    assert "Niet 2 maar 3." in signed_in(noor).get(public(report)).text
    assert signed_in(noor).get(work(report)).status_code == 200
    assert press(noor, "onzin").status_code == 404


def test_all_numbers_can_be_looked_up_and_each_says_what_it_counts(report, noor, signed_in):
    client = signed_in(noor)
    assert f"{{{ANSWERS}}}" in client.get(work(report, "cijfers/")).text
    page = client.get(work(report, f"cijfer/{ANSWERS}/")).text
    assert "ZO-1" in page
    assert client.get(work(report, "cijfer/bestaat-niet/")).status_code == 404
    assert client.get(work(report, "rapport.docx")).status_code == 200


# --- everybody ----------------------------------------------------------------------------------------


def test_a_draft_is_nobodys_and_a_published_report_everybodys(report, noor, joris, anouk, client):
    for rest in (
        "",
        "rapport.pdf",
        "rapport.docx",
        "rapport.json",
        "codeboek.json",
        "cijfers.csv",
        "lijst/wensen.csv",
        f"cijfer/{ANSWERS}/",
    ):
        assert client.get(public(report, rest)).status_code == 404, rest
    assert report.title not in client.get("/voortgang/").text
    reviewing.send_to_read(report, by=noor, at=NOW)
    reviewing.say_read(report, by=joris, at=NOW)
    reviewing.approve(report, by=anouk, at=NOW)
    assert client.get(public(report)).status_code == 404
    reviewing.publish(report, by=noor, at=NOW)
    for rest in (
        "",
        "rapport.pdf",
        "rapport.docx",
        "rapport.json",
        "codeboek.json",
        "cijfers.csv",
        "lijst/wensen.csv",
        f"cijfer/{ANSWERS}/",
    ):
        assert client.get(public(report, rest)).status_code == 200, rest
    assert report.title in client.get("/voortgang/").text


def test_who_reads_presses_a_number_and_sees_the_list_and_how_it_stands_today(published, client):
    assert f'href="{public(published)}cijfer/{ANSWERS}/"' in client.get(public(published)).text
    before = client.get(public(published, f"cijfer/{ANSWERS}/"))
    assert "/wensen/ZO-1/" in before.text
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    keep_today(published, NOW)
    after = client.get(public(published, f"cijfer/{ANSWERS}/")).text
    frozen, today = after.split('id="h-today"')
    assert "ZO-4" not in frozen
    assert "ZO-4" in today


def test_a_report_in_another_language_stays_dutch_in_a_frame_of_that_language(published, client):
    page = client.get(f"/en{public(published)}").text
    assert '<html\n    lang="en"' in page
    assert 'lang="nl"' in page


def test_hostile_words_do_nothing_on_any_page(published, noor, client, signed_in):
    paths = [
        public(published),
        *(public(published, f"cijfer/{mark}/") for mark in ("afspraken", "werken", "toezeggingen-open", "wensen-te-laat")),
    ]
    for path in paths:
        assert "<script>alert" not in client.get(path).text
    assert "<script>alert" not in signed_in(noor).get(work(published)).text


def test_the_pages_say_on_which_place_they_depend_and_hold_nothing_of_one_visitor(published, client):
    for path in ("/voortgang/", public(published), public(published, f"cijfer/{ANSWERS}/")):
        response = client.get(path)
        assert response.shows_places == {"GM0344"}
        assert not response.cookies


def test_pages_take_as_many_queries_with_many_works_as_with_few(published, noor, client, signed_in, django_assert_max_num_queries):
    for _round in range(2):
        with django_assert_max_num_queries(5):
            client.get(public(published))
        with django_assert_max_num_queries(10):
            client.get(public(published, f"cijfer/{ANSWERS}/"))
        keep_standing(timezone.now())
        with django_assert_max_num_queries(10):
            client.get("/voortgang/")
        for number in range(20):
            Work.objects.create(title=f"Werk {number}", department="Ruimte", until_on=TODAY, made_at=NOW, changed_at=NOW)
    staff = signed_in(noor)
    with django_assert_max_num_queries(20):
        staff.get(work(published))


@pytest.mark.parametrize("nonsense", ["x", "../..", "wensen%00", "<b>", "wensen-op-tijd-"])
def test_a_number_that_is_no_number_is_not_there(published, client, nonsense):
    assert client.get(public(published, f"cijfer/{nonsense}/")).status_code == 404
    assert client.get(f"/voortgang/{nonsense}/").status_code in {404, 302, 301}


# --- files --------------------------------------------------------------------------------------------


def test_each_fact_of_a_list_has_a_cell_of_its_own(published, client):
    pages = [client.get(f"/voortgang/{published.slug}/{part}").text for part in ("", f"cijfer/{ANSWERS}/")]
    assert all("<td" in page and "[&#x27;" not in page and "['" not in page for page in pages)


def test_the_files_of_a_published_report_are_made_once_by_the_worker_and_again_after_a_correction(
    published, noor, client, settings, tmp_path
):
    settings.BUURTDRAAD_HOME = tmp_path
    assert client.get(public(published, "rapport.pdf")).content.startswith(b"%PDF-")
    job = ProcrastinateJob.objects.get(task_name="reports.files")
    make_files(**job.args)
    kept = {path.suffix[1:]: path for path in (tmp_path / "uploads" / "reports").iterdir()}
    assert sorted(kept) == ["docx", "pdf"]
    assert kept["pdf"].read_bytes().startswith(b"%PDF-")
    kept["pdf"].write_bytes(b"%PDF kept")
    make_files(**job.args)
    assert client.get(public(published, "rapport.pdf")).content == b"%PDF kept"
    # What is kept is of the report as it stood: a correction has a file of its own.
    reviewing.correct(published, "Het waren 59 wensen.", by=noor, at=timezone.now())
    assert client.get(public(published, "rapport.pdf")).content.startswith(b"%PDF-")
    make_files(**ProcrastinateJob.objects.filter(task_name="reports.files").latest("id").args)
    assert len(list((tmp_path / "uploads" / "reports").iterdir())) == 4


def test_the_pdf_is_tagged_and_its_numbers_are_links(published, client):
    answer = client.get(public(published, "rapport.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert paper.Root.Lang == "nl"
        links = {str(note.A.URI) for page in paper.pages for note in page.get("/Annots", []) if "/A" in note and "/URI" in note.A}
        assert any(link.endswith(public(published, f"cijfer/{ANSWERS}/")) for link in links)
        with paper.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")


def test_the_word_file_has_headings_links_and_tables_with_a_head(published, client):
    with zipfile.ZipFile(io.BytesIO(client.get(public(published, "rapport.docx")).content)) as paper:
        words = paper.read("word/document.xml").decode()
        links = paper.read("word/_rels/document.xml.rels").decode()
    assert "Heading1" in words
    assert "w:tblHeader" in words
    assert public(published, f"cijfer/{ANSWERS}/") in links
    assert "<script>" not in words


def test_open_data_hold_every_list_with_a_codebook_under_the_same_version(published, client):
    codebook = client.get(public(published, "codeboek.json")).json()
    assert codebook["sha256"] == published.digest
    content = json.loads(published.frozen)
    assert set(codebook["lists"]) == set(content["lists"])
    head, *rows = table(client, f"/en{public(published, 'lijst/wensen.csv')}", ",")
    assert head == list(codebook["columns"]) == list(codebook["headings"]["lists"].values())
    assert set(head) == set(content["lists"]["wensen"]["rows"][0])
    assert len(rows) == len(content["lists"]["wensen"]["rows"])
    head, *rows = table(client, f"/en{public(published, 'cijfers.csv')}", ",")
    assert head == list(codebook["number_columns"]) == list(codebook["headings"]["numbers"].values())
    assert len(rows) == len(content["figures"])
    assert client.get(public(published, "lijst/bestaat-niet.csv")).status_code == 404
    behind = client.get(public(published, f"cijfer/{ANSWERS}.csv")).getvalue().decode()
    assert behind.count("\r\n") == 1 + len(content["figures"][ANSWERS]["rows"])
    assert client.get(public(published, "cijfer/bestaat-niet.csv")).status_code == 404


def table(client, path, sign=";"):
    return list(csv.reader(io.StringIO(client.get(path).getvalue().decode("utf-8-sig")), delimiter=sign))


def test_the_tables_are_dutch_for_dutch_readers_and_the_codebook_tells_every_heading_and_word(published, client):
    frozen = published.frozen
    codebook = client.get(public(published, "codeboek.json")).json()
    for path, name in (("lijst/werkgeld.csv", "lists"), ("cijfers.csv", "numbers"), (f"cijfer/{ANSWERS}.csv", "lists")):
        assert table(client, public(published, path))[0] == list(codebook["headings"][name])
    head, *rows = table(client, public(published, "lijst/werkgeld.csv"))
    english, *raw = table(client, f"/en{public(published, 'lijst/werkgeld.csv')}", ",")
    assert (head[0], head[5], head[9]) == ("kenmerk", "groep", "bedrag of aantal")
    assert {row[5] for row in rows} == {"de gemeente"}
    assert {row[english.index("group")] for row in raw} == {"municipality"}
    assert codebook["groups"]["werkgeld"]["municipality"] == "de gemeente"
    published.refresh_from_db()
    assert published.frozen == frozen


def test_the_numbers_of_a_report_are_numbers_for_a_spreadsheet(published, client):
    content = json.loads(published.frozen)
    _head, *rows = table(client, public(published, "cijfers.csv"))
    assert {row[0]: row[6].replace(",", ".") for row in rows} == {mark: one["value"] or "" for mark, one in content["figures"].items()}
    assert {row[5] for row in rows if row[2] == "meting"} <= set(
        client.get(public(published, "codeboek.json")).json()["groups"]["metingen"].values()
    )


# --- one area -----------------------------------------------------------------------------------------


def test_one_area_stands_on_one_page_and_one_sheet(told, joris, signed_in):
    client = signed_in(joris)
    page = client.get("/werk/gebieden/zuilen-oost/kort/")
    assert page.status_code == 200
    for words in ("Groen en ontmoeten", "Twee banken", "Drie bomen", "De grond is vies", "11.900"):
        assert words in page.text
    assert "<script>alert" not in page.text
    paper = client.get("/werk/gebieden/zuilen-oost/kort.pdf")
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        assert len(document.pages) == 1
    assert client.get("/werk/gebieden/nergens/kort/").status_code == 404
    assert client.get("/werk/gebieden/kort/").status_code == 200
    assert client.get("/werk/gebieden/kort/?gebied=zuilen-oost").url == "/werk/gebieden/zuilen-oost/kort/"
    assert client.get("/werk/gebieden/kort/?gebied=onzin").status_code == 200
    client.logout()
    assert client.get("/werk/gebieden/zuilen-oost/kort/").status_code == 302


def test_an_area_of_which_nothing_is_known_has_a_page_too(areas, joris, signed_in):
    assert signed_in(joris).get("/werk/gebieden/BU03440242/kort/").status_code == 200
    assert signed_in(joris).get("/werk/gebieden/BU03440242/kort.pdf").status_code == 200


def test_the_first_report_begins_where_the_wishes_began_and_the_next_where_it_ended(told):
    first, last = drafts.next_period(TODAY)
    assert first <= timezone.localdate(Wish.objects.order_by("given_at").first().given_at)
    assert last == drafts.half_year_of(TODAY)[1]
    assert drafts.next_period(datetime.date(TODAY.year + 5, 3, 1))[0] == datetime.date(TODAY.year + 4, 1, 1)
    Wish.objects.all().delete()
    assert drafts.next_period(TODAY) == drafts.half_year_of(TODAY)


def test_after_a_published_report_the_next_one_is_about_the_half_year_after_it(published):
    ends = published.until_on
    after = ends + datetime.timedelta(days=1)
    assert drafts.next_period(after) == (after, drafts.half_year_of(after)[1])
    assert drafts.next_period(ends) == drafts.half_year_of(ends)
