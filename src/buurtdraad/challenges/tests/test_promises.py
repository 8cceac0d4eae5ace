"""`/werk/opgaven/beloften/`: promises of the programme, pledges and motions; who sees and changes them, what is refused, the file."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.challenges import actions, queries
from buurtdraad.challenges.models import Aim, Pledge
from buurtdraad.challenges.states import Standing, standing
from buurtdraad.challenges.tests.programme import FROM, make_programme, samira

pytestmark = pytest.mark.django_db
ADDRESS, PLEDGES = "/werk/opgaven/beloften/", "/werk/opgaven/toezeggingen/"
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)
AIM = {
    "ambition": "de-buurt-eerst",
    "challenge": "minder-armoede",
    "what": "Drie loketten",
    "due_on": "2027-12-31",
    "source": "Programma",
    "told": "",
}
PLEDGE = {"kind": "motion", "number": "M-12", "what": "Meer bomen", "made_on": "2025-05-01", "due_on": "2026-12-31", "owner": "Ruimte"}
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|'/c calc'!A1"]
HEAD = "soort;nummer;ambitie;opgave;wat;afdeling;gedaan op;voor wanneer;klaar op;wat ervan kwam;waar het staat\n"


@pytest.fixture
def by():
    return samira()


@pytest.fixture
def office(client, by):
    return sign_in(client, by)


@pytest.fixture
def there(by):
    return make_programme(by)


@pytest.fixture
def aim(there, by):
    first, _second, challenge = there
    return actions.add_aim(ambition=first, challenge=challenge, what="Drie loketten", due_on=TODAY + DAY, by=by, at=NOW)


@pytest.fixture
def pledge(there, by):
    return actions.add_pledge(kind="pledge", number="T-1", what="Een brief over armoede", made_on=FROM, challenge=there[2], by=by, at=NOW)


# --- how a promise stands ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "done_on", "stands"),
    [
        (TODAY, None, Standing.OPEN),
        (TODAY - DAY, None, Standing.LATE),
        (None, None, Standing.OPEN),
        (TODAY - DAY, TODAY, Standing.DONE),
    ],
)
def test_what_was_promised_for_a_day_is_late_from_the_next(due_on, done_on, stands):
    assert standing(due_on, done_on, TODAY) == stands


# --- the deeds --------------------------------------------------------------------------------------


def test_what_is_added_changed_done_and_opened_again_is_written_down(aim, by):
    actions.change_promise(aim, what="Vier loketten", by=by, at=NOW)
    actions.change_promise(aim, what="Vier loketten", by=by, at=NOW)
    actions.finish_promise(aim, done_on=TODAY, told="Ze zijn open.", by=by, at=NOW)
    actions.reopen_promise(aim, by=by, at=NOW)
    actions.remove_promise(aim, by=by, at=NOW)
    events = Event.objects.filter(verb__startswith="aim.").order_by("pk")
    assert [event.verb for event in events] == ["aim.added", "aim.changed", "aim.done", "aim.reopened", "aim.removed"]
    assert (events[1].payload, events[0].duty) == ({"fields": ["what"]}, "programme_manager")
    assert not Aim.objects.exists()


def test_a_deed_may_lie_in_the_past(there, by):
    at = datetime.datetime(2025, 3, 1, 12, tzinfo=datetime.UTC)
    old = actions.add_aim(ambition=there[0], what="Iets", due_on=TODAY, by=by, at=at)
    actions.finish_promise(old, done_on=datetime.date(2025, 3, 1), told="Klaar.", by=by, at=at)
    assert Event.objects.last().at == at
    with pytest.raises(actions.NotChanged, match="al klaar"):
        actions.finish_promise(old, done_on=datetime.date(2025, 3, 1), told="Klaar.", by=by, at=at)


def test_a_challenge_brings_its_ambition_and_not_another(there, pledge, by):
    first, second, challenge = there
    assert pledge.ambition == first
    with pytest.raises(actions.NotChanged, match="andere ambitie"):
        actions.add_aim(ambition=second, challenge=challenge, what="Iets", due_on=TODAY, by=by, at=NOW)


def test_what_cannot_be_is_refused(pledge, aim, by):
    with pytest.raises(actions.NotChanged, match="dit nummer"):
        actions.add_pledge(kind="motion", number="T-1", what="Nog een", made_on=FROM, by=by, at=NOW)
    with pytest.raises(actions.NotChanged):
        actions.add_pledge(kind="motion", number="T-2", what="Nog een", made_on=TODAY, due_on=FROM, by=by, at=NOW)
    with pytest.raises(actions.NotChanged):
        actions.finish_promise(pledge, done_on=FROM - DAY, told="Klaar.", by=by, at=NOW)
    with pytest.raises(actions.NotChanged):
        actions.finish_promise(aim, done_on=TODAY + DAY, told="Klaar.", by=by, at=NOW)
    with pytest.raises(actions.NotChanged):
        actions.reopen_promise(aim, by=by, at=NOW)
    again = Aim.objects.get(pk=aim.pk)
    actions.remove_promise(aim, by=by, at=NOW)
    with pytest.raises(actions.NotChanged, match="weg"):
        actions.change_promise(again, what="Iets", by=by, at=NOW)


# --- the pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", list(Duty))
def test_staff_look_and_two_of_them_change(client, aim, pledge, duty):
    person = someone()
    holds(person, duty)
    sign_in(client, person)
    changes = duty in (Duty.PROGRAMME_MANAGER, Duty.ADMINISTRATOR)
    page = client.get(ADDRESS)
    assert page.status_code == (200 if duty in STAFF else 403)
    assert (f"{ADDRESS}{aim.pk}/wijzigen/" in page.text) is changes
    for path in (
        f"{ADDRESS}nieuw/",
        f"{PLEDGES}nieuw/",
        f"{ADDRESS}inlezen/",
        f"{ADDRESS}{aim.pk}/wijzigen/",
        f"{PLEDGES}{pledge.pk}/klaar/",
    ):
        assert client.get(path).status_code == (200 if changes else 403)
    assert client.post(f"{PLEDGES}{pledge.pk}/weg/").status_code == (302 if changes else 403)


def test_who_is_unknown_signs_in_first(client, aim):
    assert client.get(ADDRESS).status_code == 302
    assert client.post(f"{ADDRESS}{aim.pk}/weg/").status_code == 302


def test_an_empty_list_says_how_to_begin(office):
    assert "Er staat nog geen belofte" in office.get(ADDRESS).text


def test_adding_changing_finishing_and_the_way_back(office, there):
    assert office.post(ADDRESS + "nieuw/", AIM).url == ADDRESS
    aim = Aim.objects.get()
    assert (aim.challenge.code, aim.due_on) == ("minder-armoede", datetime.date(2027, 12, 31))
    assert office.post(PLEDGES + "nieuw/", PLEDGE).url == ADDRESS
    pledge = Pledge.objects.get()
    assert office.post(f"{PLEDGES}{pledge.pk}/wijzigen/", PLEDGE | {"what": "Heel veel bomen"}).status_code == 302
    page = office.get(ADDRESS).text
    for words in ("Drie loketten", "Heel veel bomen", "M-12", "Motie"):
        assert words in page
    assert 'value="2027-12-31"' in office.get(f"{ADDRESS}{aim.pk}/wijzigen/").text
    assert office.post(f"{ADDRESS}{aim.pk}/klaar/", {"done_on": "2026-01-01", "told": "Ze zijn open."}).status_code == 302
    aim.refresh_from_db()
    assert (aim.done_on, aim.told) == (datetime.date(2026, 1, 1), "Ze zijn open.")
    assert office.post(f"{ADDRESS}{aim.pk}/toch-niet-klaar/").status_code == 302
    aim.refresh_from_db()
    assert aim.done_on is None
    assert "per ongeluk" in office.get(f"{ADDRESS}{aim.pk}/weg/").text.lower()
    assert office.post(f"{ADDRESS}{aim.pk}/weg/").url == ADDRESS
    assert not Aim.objects.exists()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (ADDRESS + "nieuw/", {}),
        (ADDRESS + "nieuw/", AIM | {"what": ""}),
        (ADDRESS + "nieuw/", AIM | {"what": "x" * 301}),
        (ADDRESS + "nieuw/", AIM | {"due_on": "0001-01-01"}),
        (ADDRESS + "nieuw/", AIM | {"due_on": "morgen"}),
        (ADDRESS + "nieuw/", AIM | {"ambition": "geen"}),
        (ADDRESS + "nieuw/", AIM | {"ambition": "maatwerk"}),
        (ADDRESS + "nieuw/", AIM | {"what": "\0"}),
        (PLEDGES + "nieuw/", PLEDGE | {"number": ""}),
        (PLEDGES + "nieuw/", PLEDGE | {"number": "T-1"}),
        (PLEDGES + "nieuw/", PLEDGE | {"kind": "iets"}),
        (PLEDGES + "nieuw/", PLEDGE | {"due_on": "2024-01-01"}),
        (PLEDGES + "{pledge}/klaar/", {"done_on": "2026-01-01", "told": ""}),
        (PLEDGES + "{pledge}/klaar/", {"done_on": "2099-01-01", "told": "Ja."}),
    ],
)
def test_a_wrong_answer_is_told_and_changes_nothing(office, pledge, path, wrong):
    before = (list(Aim.objects.values()), list(Pledge.objects.values()))
    page = office.post(path.format(pledge=pledge.pk), wrong)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert (list(Aim.objects.values()), list(Pledge.objects.values())) == before


@pytest.mark.parametrize("path", [f"{ADDRESS}9999/wijzigen/", f"{PLEDGES}9999/klaar/", f"{ADDRESS}9999/weg/"])
def test_what_is_not_there_is_404(office, there, path):
    assert office.get(path).status_code == 404
    assert office.post(path, AIM).status_code == 404


def test_a_list_is_made_smaller_and_nonsense_does_no_harm(office, aim, pledge, by):
    actions.finish_promise(pledge, done_on=TODAY, told="Er is een brief.", by=by, at=NOW)

    def shown(query):
        return [one.promise.what for one in office.get(f"{ADDRESS}?{query}").context["rows"]]

    assert shown("") == ["Drie loketten", "Een brief over armoede"]
    assert shown("stand=done") == ["Een brief over armoede"]
    assert shown("q=loket") == ["Drie loketten"]
    assert shown("ambitie=maatwerk") == []
    for query in ("stand=x", "ambitie=<b>", "page=x", "page=999", "q=%00", "q=" + "x" * 200):
        assert office.get(f"{ADDRESS}?{query}").status_code == 200


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_only_text(office, there, by, name):
    actions.add_aim(ambition=there[0], what=name, due_on=TODAY, told=name, source=name, by=by, at=NOW)
    actions.add_pledge(kind="motion", number=name[:40], what=name, made_on=FROM, told=name, owner=name, by=by, at=NOW)
    pk = Aim.objects.get().pk
    for path in ("", f"{pk}/wijzigen/", f"{pk}/klaar/", f"{pk}/weg/"):
        text = office.get(ADDRESS + path).text
        assert "<script>alert(1)" not in text
        assert "<img src=x" not in text
    assert office.get(ADDRESS + "beloften.csv").status_code == 200


def test_a_long_list_costs_as_many_queries_as_a_short_one(office, there, by):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert office.get(ADDRESS).status_code == 200
        return len(captured)

    def more(number):
        actions.add_aim(ambition=there[0], challenge=there[2], what=f"Iets {number}", due_on=TODAY, by=by, at=NOW)
        actions.add_pledge(kind="motion", number=f"M-{number}", what="Iets", made_on=FROM, challenge=there[2], by=by, at=NOW)

    more(1)
    short = cost()
    for number in range(2, 20):
        more(number)
    assert cost() == short <= 9


# --- the file ---------------------------------------------------------------------------------------


def rows(*lines):
    return (HEAD + "\n".join(lines)).encode()


GOOD = (
    "belofte;;de-buurt-eerst;minder-armoede;Drie loketten;;;31-12-2027;;;Programma",
    "motie;M-12;;minder-armoede;Meer bomen;Ruimte;01-05-2025;31-12-2026;;;",
    "toezegging;T-9;;;Een brief;;01-05-2025;;01-06-2025;Verstuurd.;",
)


def test_a_file_is_taken_in_and_a_second_time_changes_nothing(there, by):
    report = actions.load_promises(rows(*GOOD), by=by, at=NOW)
    assert (report.changes, Aim.objects.count(), Pledge.objects.count()) == (3, 1, 2)
    assert Pledge.objects.get(number="M-12").ambition == there[0]
    before = Event.objects.count()
    assert actions.load_promises(rows(*GOOD), by=by, at=NOW).changes == 0
    assert Event.objects.count() == before
    assert actions.load_promises(rows(GOOD[1].replace("Ruimte", "Groen")), by=by, at=NOW).changes == 1
    assert Pledge.objects.get(number="M-12").owner == "Groen"


def test_a_dry_run_writes_nothing(there, by):
    assert actions.load_promises(rows(*GOOD), by=by, at=NOW, dry_run=True).changes == 3
    assert not Aim.objects.exists()


def test_what_we_give_can_be_taken_in_again(office, there, by):
    actions.load_promises(rows(*GOOD), by=by, at=NOW)
    content = office.get(ADDRESS + "beloften.csv").content
    report = actions.load_promises(content, by=by, at=NOW)
    assert (report.changes, len(report.rows)) == (0, 3)
    assert len(list(queries.rows_of_promises())) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        "wens;;de-buurt-eerst;;Iets;;;31-12-2027;;;",
        "belofte;;;;Iets;;;31-12-2027;;;",
        "belofte;;geen;;Iets;;;31-12-2027;;;",
        "belofte;;maatwerk;minder-armoede;Iets;;;31-12-2027;;;",
        "belofte;;de-buurt-eerst;;Iets;;;;;;",
        f"belofte;;de-buurt-eerst;;{'x' * 301};;;31-12-2027;;;",
        "motie;;;;Iets;;01-05-2025;;;;",
        "motie;M-1;;;Iets;;;;;;",
        "motie;M-1;;geen;Iets;;01-05-2025;;;;",
        "motie;M-1;;;Iets;;01-05-2025;01-05-2024;;;",
        "motie;M-1;;;Iets;;01-05-2025;;01-05-2099;;",
        "motie;M-12;;;Nog een;;01-05-2025;;;;",
        "belofte;;de-buurt-eerst;;Iets;;;31-31-2027;;;",
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_taken_in(there, by, wrong):
    report = actions.load_promises(rows(*GOOD, wrong), by=by, at=NOW)
    assert report.changes == 3
    assert [(row.number, row.outcome) for row in report.rows if row.why] == [(5, "refused")]


def test_all_that_is_wrong_with_a_row_is_told_at_once(there, by):
    wrong = ("belofte;;geen;;;;;31-31-2027;;;", "motie;;;nergens;Iets;;;;01-05-2099;;", "wens;;geen;;Iets;;;;;;")
    report = actions.load_promises(rows(*wrong), by=by, at=NOW)
    aim, motion, wish = (row.why for row in report.rows)
    assert all(said in aim for said in ("wat is leeg", "geen ambitie geen", "31-31-2027 is geen datum"))
    assert "voor welke dag" not in aim.casefold()
    assert len(motion.split(". ")) == 4
    assert all(said in wish for said in ("wens kennen wij niet", "geen ambitie geen"))
    assert not report.changes


def test_the_page_to_take_in_a_file_shows_each_row_first(office, there):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = office.post(ADDRESS + "inlezen/", {"file": SimpleUploadedFile("beloften.csv", rows(*GOOD))})
    assert page.status_code == 200
    assert not Aim.objects.exists()
    assert office.post(ADDRESS + "inlezen/", {"kept": page.context["kept"]}).status_code == 200
    assert (Aim.objects.count(), Pledge.objects.count()) == (1, 2)
