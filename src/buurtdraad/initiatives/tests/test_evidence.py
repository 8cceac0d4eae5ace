"""Lists with signatures: two people count them, only they open them, and the file goes when nobody can object any more."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.audit.models import LOOKED, Event
from buurtdraad.initiatives.access import where_to_advise
from buurtdraad.initiatives.actions import evidence
from buurtdraad.initiatives.models import Count, Evidence, Initiative
from buurtdraad.initiatives.queries.evidence import to_count
from buurtdraad.initiatives.queries.support import support_of
from buurtdraad.initiatives.states import EvidenceStage, Stage
from buurtdraad.lib.stages import WrongStage
from buurtdraad.lib.tests.hostile_files import PDF
from buurtdraad.lib.uploads import keeping
from buurtdraad.lib.uploads.documents import CheckedDocument

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = datetime.timedelta(days=1)
TEN = {"says_for": 10, "against": 2, "neutral": 1}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def plan(make_initiative, kees):
    return make_initiative(slug="wilgentuin", of=kees)


@pytest.fixture
def give(settings, tmp_path, plan):
    settings.BUURTDRAAD_HOME = tmp_path

    def made(**facts):
        told = {"name": "lijst.pdf", "kind": "sheet", "by": None, "at": NOW} | facts
        return evidence.add(told.pop("plan", plan), CheckedDocument("pdf", PDF), **told)

    return made


@pytest.fixture
def sheet(give):
    return give()


@pytest.fixture
def counters(joris, noor, priya, bas):
    return joris, noor, priya, bas


def kept(one):
    return keeping.place(one.key).exists()


# --- counting -----------------------------------------------------------------------------------------------


def test_a_list_counts_when_two_people_counted_the_same(plan, sheet, joris, noor):
    assert evidence.count(sheet, **TEN, by=joris, at=NOW) == EvidenceStage.TO_COUNT
    assert support_of(plan).total == 0
    assert evidence.count(sheet, **TEN, by=noor, at=NOW) == EvidenceStage.COUNTED
    found = support_of(plan)
    assert (found.says_for, found.against, found.neutral) == (10, 2, 1)
    assert list(found.sources) == ["sheet"]


def test_other_numbers_ask_a_third_look_and_all_stay_on_record(plan, sheet, counters):
    joris, noor, priya, bas = counters
    evidence.count(sheet, **TEN, by=joris, at=NOW)
    assert evidence.count(sheet, **TEN | {"against": 3}, by=noor, at=NOW) == EvidenceStage.DIFFERENT
    assert support_of(plan).total == 0
    assert evidence.count(sheet, **TEN | {"against": 4}, by=bas, at=NOW) == EvidenceStage.DIFFERENT
    assert evidence.count(sheet, **TEN | {"against": 3}, by=priya, at=NOW) == EvidenceStage.COUNTED
    assert [one.says_against for one in sheet.counts.all()] == [2, 3, 4, 3]
    assert support_of(plan).against == 3
    assert len(Event.objects.get(verb="evidence.counted").payload["counts"]) == 4


def test_one_person_does_not_count_twice(sheet, joris):
    evidence.count(sheet, **TEN, by=joris, at=NOW)
    with pytest.raises(evidence.CountedBefore):
        evidence.count(sheet, **TEN, by=joris, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Count.objects.create(evidence=sheet, counted_by=joris.uuid, says_for=1, says_against=0, says_neutral=0, at=NOW)


def test_nobody_of_the_plan_or_of_another_area_counts_it(give, make_initiative, joris, samira, kees):
    sheet = give(plan=make_initiative(of=joris))
    for person in (joris, samira, kees):
        with pytest.raises(evidence.NotByThem):
            evidence.count(sheet, **TEN, by=person, at=NOW)


def test_a_list_with_nobody_on_it_does_not_count(sheet, joris):
    with pytest.raises(evidence.NothingCounted):
        evidence.count(sheet, says_for=0, against=0, neutral=0, by=joris, at=NOW)
    evidence.reject(sheet, why="Er staat niemand op", by=joris, at=NOW)
    with pytest.raises(WrongStage):
        evidence.count(sheet, **TEN, by=joris, at=NOW)


def test_counting_again_begins_with_nobody_and_the_record_keeps_what_was_counted(plan, sheet, joris, noor):
    for person in (joris, noor):
        evidence.count(sheet, **TEN, by=person, at=NOW)
    evidence.count_again(sheet, by=joris, at=NOW)
    assert support_of(plan).total == 0
    assert not sheet.counts.exists()
    assert Event.objects.get(verb="evidence.to_count_again").payload["counts"] == [[10, 2, 1], [10, 2, 1]]
    evidence.count(sheet, **TEN, by=joris, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_let_it_count(sheet, joris, noor):
    def count(person):
        try:
            return evidence.count(Evidence.objects.get(pk=sheet.pk), **TEN, by=person, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        stages = sorted(pool.map(count, (joris, noor)))
    assert stages == [EvidenceStage.COUNTED, EvidenceStage.TO_COUNT]


def test_its_people_take_a_list_back_until_somebody_counted(give, joris):
    wrong, good = give(), give()
    evidence.count(good, **TEN, by=joris, at=NOW)
    with pytest.raises(evidence.BeingCounted):
        evidence.take_back(good, by=None, at=NOW)
    evidence.take_back(wrong, by=None, at=NOW)
    assert list(Evidence.objects.all()) == [good]


@pytest.mark.parametrize("facts", [{"stage": "counted"}, {"stage": "rejected"}])
def test_what_was_decided_of_a_list_says_when_and_why(sheet, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=sheet.pk).update(**facts)


# --- pages --------------------------------------------------------------------------------------------------


def test_the_people_of_a_plan_give_a_list_and_never_open_it(client, settings, tmp_path, plan, kees):
    settings.BUURTDRAAD_HOME = tmp_path
    client.force_login(kees)
    path = "/initiatieven/wilgentuin/lijst-geven/"
    assert client.post(path, {"kind": "sheet", "unit": "person", "document": SimpleUploadedFile("x.pdf", b"no")}).status_code == 422
    assert client.post(path, {"kind": "else", "unit": "person", "document": SimpleUploadedFile("x.pdf", PDF)}).status_code == 422
    sent = {"kind": "sheet", "unit": "person", "document": SimpleUploadedFile("lijst.pdf", PDF)}
    assert client.post(path, sent).status_code == 302
    made = plan.evidence.get()
    assert kept(made)
    assert client.get(f"/werk/initiatieven/tellen/{made.uuid}/bestand/").status_code in (302, 403)
    assert str(made.uuid) in client.get("/initiatieven/wilgentuin/werken/").text
    assert client.post(f"/initiatieven/bewijs/{made.uuid}/terugnemen/").status_code == 302
    assert not plan.evidence.exists()


def test_who_counts_opens_the_file_and_that_is_written_down(client, sheet, joris, samira, signed_in):
    path = f"/werk/initiatieven/tellen/{sheet.uuid}/bestand/"
    signed_in(samira)
    assert client.get(path).status_code == 403
    signed_in(joris)
    answer = client.get(path)
    assert b"".join(answer) == PDF
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(verb=LOOKED, thing=f"evidence:{sheet.uuid}", actor=joris.uuid).exists()


def test_who_has_still_to_count_does_not_see_what_a_colleague_counted(client, sheet, joris, noor, signed_in):
    evidence.count(sheet, says_for=777, against=2, neutral=1, by=joris, at=NOW)
    path = f"/werk/initiatieven/tellen/{sheet.uuid}/"
    signed_in(noor)
    assert "777" not in client.get(path).text
    assert client.post(path, {"says_for": "-1", "against": "x", "neutral": ""}).status_code == 422
    assert client.post(path, {"says_for": "778", "against": "2", "neutral": "1"}).status_code == 302
    assert "777" in client.get(path).text


def test_what_does_not_count_says_why_to_its_people(client, sheet, joris, kees, signed_in):
    path = f"/werk/initiatieven/tellen/{sheet.uuid}/"
    signed_in(joris)
    assert client.post(f"{path}telt-niet/", {"why": ""}).status_code == 422
    assert client.post(f"{path}telt-niet/", {"why": SCRIPT}).status_code == 302
    client.force_login(kees)
    page = client.get("/initiatieven/wilgentuin/werken/").text
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    signed_in(joris)
    assert client.post(f"{path}opnieuw/").status_code == 302
    sheet.refresh_from_db()
    assert sheet.stage == EvidenceStage.TO_COUNT


def test_the_queue_has_what_one_did_not_count_in_the_same_number_of_queries(client, give, joris, noor, signed_in):
    signed_in(noor)
    numbers = []
    for _each in range(3):
        evidence.count(give(), **TEN, by=joris, at=NOW)
        with CaptureQueriesContext(connection) as found:
            page = client.get("/werk/initiatieven/tellen/")
        numbers.append(len(found))
    assert page.text.count("Wilgentuin") == 3
    assert numbers[1] == numbers[2]
    assert not to_count(where_to_advise(joris), joris.uuid).exists()


# --- how long the file stays --------------------------------------------------------------------------------


def test_the_file_goes_the_day_after_nobody_can_object_and_the_numbers_stay(plan, sheet, joris, noor, django_capture_on_commit_callbacks):
    for person in (joris, noor):
        evidence.count(sheet, **TEN, by=person, at=NOW)
    last = timezone.localdate(NOW) + 42 * DAY
    evidence.keep_until(plan, last, by=noor, at=NOW)
    evidence.keep_until(plan, last - DAY, by=noor, at=NOW)
    assert evidence.destroy_files(at=NOW + 42 * DAY) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert evidence.destroy_files(at=NOW + 43 * DAY) == 1
    assert not kept(sheet)
    sheet.refresh_from_db()
    assert (sheet.name, support_of(plan).against) == ("", 2)
    assert evidence.destroy_files(at=NOW + 44 * DAY) == 0
    with pytest.raises(evidence.FileIsGone):
        evidence.count_again(sheet, by=joris, at=NOW)


def test_without_a_decision_the_file_stays_a_year_and_while_one_waits(plan, sheet):
    Initiative.objects.filter(pk=plan.pk).update(stage=Stage.DECISION)
    assert evidence.destroy_files(at=NOW + 400 * DAY) == 0
    Initiative.objects.filter(pk=plan.pk).update(stage=Stage.PLAN)
    assert evidence.destroy_files(at=NOW + 364 * DAY) == 0
    assert evidence.destroy_files(at=NOW + 370 * DAY) == 1
