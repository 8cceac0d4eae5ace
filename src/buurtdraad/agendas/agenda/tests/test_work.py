"""Joris makes the agenda of Zuilen-Oost, from the first draft to what is done; others cannot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise
from buurtdraad.agendas.agenda.actions.importing import NotUndone
from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, NotDone, Owner, Topic
from buurtdraad.agendas.agenda.queries.agendas import agenda_page
from buurtdraad.agendas.agenda.queries.printed import printed
from buurtdraad.agendas.agenda.states import OwnerKind, Said, Stage, VersionStage
from buurtdraad.agendas.agenda.tests.conftest import NOW, SOON
from buurtdraad.agendas.wishes.states import Stage as WishStage
from buurtdraad.lib.tables.reading import TableRefused
from buurtdraad.lib.tables.reports import Outcome
from buurtdraad.lib.tests.hostile_files import with_place
from buurtdraad.messages.models import Message

HOME = "/werk/agenda/zuilen-oost/"
TOPIC = {
    "title": "Groen en ontmoeten", "text": "Meer plekken.", "origin": "meeting", "method": "stickers", "chosen_on": "2026-05-03",
    "people": "47", "votes": "31", "votes_total": "141", "per_person": "3",
}  # fmt: skip
TABLE = """Onderwerp\tAfspraak\tWie\tKlaar op
Groen en ontmoeten\tTwee banken\tDe Vechtoever\t31-12-2027
Jongeren\tEen voetbaltoernooi\tBewoners\t
Jongeren\t\tNiemand\t
Jongeren\tEen kooi\tBewoners\tmorgen
"""


def test_joris_makes_an_agenda_and_a_wish_goes_along_to_the_end(client, joris, wish, signed_in, mailed):
    signed_in(joris)
    assert "Zuilen-Oost" in client.get("/werk/agenda/").text
    client.post(f"{HOME}concept/")
    draft = AgendaVersion.objects.get()
    answer = client.post(f"{HOME}versie/1/onderwerp/", TOPIC)
    topic = Topic.objects.get()
    assert answer.headers["Location"] == f"/werk/onderwerpen/{topic.pk}/"
    assert "Er kozen 47 mensen mee." in client.get(f"/werk/onderwerpen/{topic.pk}/").text

    assert wish.reference in client.get(f"/werk/onderwerpen/{topic.pk}/wensen/").text
    client.post(f"/werk/onderwerpen/{topic.pk}/wensen/", {"wishes": [wish.pk]})
    short = {"steering_group": "Vijf bewoners", "summary_nl": "Meer groen.", "summary_nl_x_simpel": "", "summary_en": ""}
    client.post(f"{HOME}versie/1/", short)
    draft.refresh_from_db()
    assert draft.summary == {"nl": "Meer groen."}
    assert "drie of vier onderwerpen" in client.get(HOME).text
    assert "Dit is een concept." in client.get(f"{HOME}voorbeeld/").text

    client.post(f"/werk/onderwerpen/{topic.pk}/afspraak/", {"what": "Twee banken", "due_on": SOON.isoformat(), "amount": "1200"})
    agreement = Agreement.objects.get()
    client.post(f"/werk/afspraken/{agreement.pk}/wie/", {"kind": "partner", "name": "De Vechtoever", "role": "owner"})
    owner = Owner.objects.get()
    client.post(f"/werk/wie/{owner.uuid}/vragen/", {"email": "linda@example.nl"})
    assert client.get(f"/afspraken/aannemen/{mailed('/afspraken/aannemen/')}/").status_code == 200

    assert "Vertel het ook aan wie de wens gaf" in client.get(f"{HOME}aannemen/").text
    adopted = {"adopted_by": "De avond", "valid_from": "2026-06-01", "wishes": [wish.pk], "tell": "Uw wens is gekozen."}
    client.post(f"{HOME}aannemen/", adopted)
    draft.refresh_from_db()
    wish.refresh_from_db()
    assert (draft.stage, wish.stage) == (VersionStage.ADOPTED, WishStage.CHOSEN)

    stand = f"/werk/afspraken/{agreement.pk}/stand/"
    assert client.post(stand, {"stage": "later", "why": ""}).status_code == 422
    client.post(stand, {"stage": "later", "why": "Levering bomen", "due_on": SOON.replace(year=SOON.year + 1).isoformat()})
    agreement.refresh_from_db()
    assert (agreement.stage, agreement.why) == (Stage.LATER, "Levering bomen")
    client.post(stand, {"stage": "done", "result": "Ze staan er.", "wishes": [wish.pk], "tell": "Uw bank staat er."})
    wish.refresh_from_db()
    assert wish.stage == WishStage.DONE
    assert [m.body.count("Uw bank staat er.") for m in Message.objects.exclude(contact=None)] == [0, 1]
    assert client.get(f"/werk/afspraken/{agreement.pk}/").status_code == 200
    assert client.post(f"{HOME}versie/1/terugkijken/", {"lesson": "Eerder bomen bestellen."}).status_code == 302
    assert "Eerder bomen bestellen." in client.get("/agenda/zuilen-oost/").text


def test_nobody_is_told_when_nothing_was_written(client, agreement, joris, wish, signed_in):
    signed_in(joris)
    client.post(f"/werk/afspraken/{agreement.pk}/stand/", {"stage": "running", "wishes": [wish.pk], "tell": ""})
    agreement.refresh_from_db()
    wish.refresh_from_db()
    assert (agreement.stage, wish.stage) == (Stage.RUNNING, WishStage.TOLD)
    assert not Message.objects.exclude(contact=None).exists()


def paths(topic, agreement, owner):
    return [
        HOME, f"{HOME}plakken/", f"{HOME}lijst/", f"{HOME}versie/1/", f"{HOME}versie/1/onderwerp/", f"{HOME}versie/1/terugkijken/",
        f"/werk/onderwerpen/{topic.pk}/", f"/werk/onderwerpen/{topic.pk}/wijzigen/", f"/werk/onderwerpen/{topic.pk}/wensen/",
        f"/werk/onderwerpen/{topic.pk}/afspraak/", f"/werk/afspraken/{agreement.pk}/", f"/werk/afspraken/{agreement.pk}/wijzigen/",
        f"/werk/afspraken/{agreement.pk}/stand/", f"/werk/afspraken/{agreement.pk}/foto/", f"/werk/afspraken/{agreement.pk}/wie/",
        f"/werk/wie/{owner.uuid}/vragen/",
    ]  # fmt: skip


DEEDS = ["/werk/onderwerpen/{topic}/weg/", "/werk/afspraken/{agreement}/gelezen/", "/werk/wie/{owner}/gezegd/", "/werk/wie/{owner}/weg/"]


@pytest.fixture
def people(samira, kees):
    return samira, kees


def test_who_makes_the_agenda_of_another_area_or_none_gets_nowhere(client, owner, joris, people, signed_in):
    samira, kees = people
    agreement = owner.agreement
    pages = paths(agreement.topic, agreement, owner)
    deeds = [path.format(topic=agreement.topic_id, agreement=agreement.pk, owner=owner.uuid) for path in DEEDS]
    for person, allowed in ((joris, (200,)), (samira, (403, 404)), (kees, (403,))):
        signed_in(person)
        for path in pages:
            assert client.get(path).status_code in allowed, (person, path)
        if person != joris:
            for path in [*pages, *deeds]:
                assert client.post(path).status_code in (403, 404, 405), (person, path)
    assert Owner.objects.filter(pk=owner.pk).exists()
    client.logout()
    for path in pages:
        assert client.get(path).status_code == 302, path


def test_a_draft_of_another_area_is_not_there(client, topic, samira, joris, signed_in):
    made = actions.add_agreement(topic, Promise("Iets"), by=joris, at=NOW)
    signed_in(samira)
    assert client.get(f"/werk/onderwerpen/{topic.pk}/").status_code == 404
    assert client.get(f"/werk/afspraken/{made.pk}/").status_code == 404


def test_joris_writes_down_what_an_owner_told_and_reads_what_residents_say(client, agreement, owner, joris, signed_in):
    signed_in(joris)
    client.post(f"/werk/wie/{owner.uuid}/gezegd/", {"answer": "yes"})
    owner.refresh_from_db()
    assert (owner.said, owner.said_by) == (Said.TOLD, "Joris Bakker")
    client.post(f"/werk/wie/{owner.uuid}/gezegd/", {"answer": "no"})
    assert "zei hier ja tegen op" in client.get(f"/werk/afspraken/{agreement.pk}/").text
    actions.move_on(agreement, Stage.DONE, by=joris, at=NOW)
    actions.say_not_done(agreement, words="<script>alert(1)</script>", doubted=False, mark="", at=NOW)
    page = client.get(f"/werk/afspraken/{agreement.pk}/").text
    assert "&lt;script&gt;alert(1)" in page
    client.post(f"/werk/afspraken/{agreement.pk}/gelezen/")
    assert not NotDone.objects.filter(seen_at=None).exists()


@pytest.mark.parametrize("facts", [{"title": ""}, {"votes": "142"}, {"people": "-1"}, {"chosen_on": "morgen"}, {"title": "x" * 121}])
def test_a_topic_with_wrong_numbers_is_asked_again(client, draft, joris, signed_in, facts):
    signed_in(joris)
    assert client.post(f"{HOME}versie/1/onderwerp/", TOPIC | facts).status_code == 422
    assert not Topic.objects.exists()


def test_what_need_not_be_chosen_says_none_in_dutch(client, draft, agreement, joris, signed_in):
    signed_in(joris)
    for path in (f"/werk/onderwerpen/{agreement.topic_id}/wijzigen/", f"/werk/afspraken/{agreement.pk}/wie/"):
        page = client.get(path).text
        assert '<option value="" selected>Geen</option>' in page, path
        assert "Select an option" not in page


def test_who_adopts_first_reads_who_did_not_say_yes(client, draft, topic, joris, signed_in):
    promise = actions.add_agreement(topic, Promise("Twee banken"), by=joris, at=NOW)
    first, second, _third = (
        actions.add_owner(promise, OwnerFacts(name, OwnerKind.RESIDENT), by=joris, at=NOW) for name in ("Kees", "Ria", "Noor")
    )
    actions.accept(first, said_by="Kees", how=Said.TOLD, by=joris, at=NOW)
    actions.refuse(second, said_by="Ria", why="Te druk", how=Said.TOLD, by=joris, at=NOW)
    signed_in(joris)
    page = client.get(f"{HOME}aannemen/").text
    assert "Ria zei nee: Twee banken" in page
    assert "Noor gaf nog geen antwoord: Twee banken" in page
    assert "Kees zei" not in page
    assert client.post(f"{HOME}aannemen/", {"adopted_by": "De avond", "valid_from": f"{SOON}"}).status_code == 302
    page = client.get("/agenda/zuilen-oost/").text
    assert "Kees, Noor (zei nog geen ja)" in page
    printed_page = printed(agenda_page(AgendaVersion.objects.get()), SOON)
    assert printed_page["topics"][0]["agreements"][0]["who"] == "Kees, Noor (zei nog geen ja)"


def test_a_picture_of_what_came_of_it_stands_on_the_site(client, agreement, signed_in, settings, tmp_path):
    joris = Person.objects.get(name="Joris Bakker")
    settings.BUURTDRAAD_HOME = tmp_path
    signed_in(joris)
    path = f"/werk/afspraken/{agreement.pk}/foto/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"alt": "x"}).status_code == 422
    for alt in ("Een bank", "Twee banken in de zon"):
        file = SimpleUploadedFile("bank.jpg", with_place(), "image/jpeg")
        assert client.post(path, {"picture": file, "alt": alt, "people": "nobody", "agreed_with": ""}).status_code == 302
    client.logout()
    assert 'alt="Twee banken in de zon"' in client.get(f"/afspraken/{agreement.pk}/").text
    shown = client.get(f"/afspraken/{agreement.pk}/foto/640/")
    assert shown["Content-Type"] == "image/webp"
    shown.getvalue()  # to its end, which closes it
    assert client.get(f"/afspraken/{agreement.pk}/foto/641/").status_code == 404
    assert len(list((tmp_path / "uploads").glob("*/*"))) == 1


def test_a_pasted_table_is_looked_at_taken_in_and_undone(client, topic, joris, vechtoever, signed_in):
    signed_in(joris)
    looked = client.post(f"{HOME}plakken/", {"table": TABLE})
    assert "morgen" in looked.text
    assert "Of verander de tabel" in looked.text
    assert "bestand" not in looked.text
    assert not Agreement.objects.exists()
    assert Topic.objects.count() == 1
    taken = client.post(f"{HOME}plakken/", {"table": TABLE, "take": "1"})
    assert [(a.topic.title, a.what, a.owners.get().name) for a in Agreement.objects.all()] == [
        ("Groen en ontmoeten", "Twee banken", "De Vechtoever"), ("Jongeren", "Een voetbaltoernooi", "Bewoners"),
    ]  # fmt: skip
    assert Owner.objects.get(name="De Vechtoever").organisation == vechtoever
    batch = taken.context["batch"]
    client.post(f"{HOME}plakken/", {"undo": str(batch)})
    assert not Agreement.objects.exists()
    assert list(Topic.objects.all()) == [topic], "the topic that the table made is gone too"
    assert client.post(f"{HOME}plakken/", {"undo": "x"}).status_code == 302


def test_a_topic_of_a_pasted_table_in_which_something_was_put_stays(draft, topic, joris, wish):
    _report, batch = actions.take_in(draft, TABLE, dry_run=False, by=joris, at=NOW)
    made = Topic.objects.get(title="Jongeren")
    actions.choose_wishes(made, [wish], by=joris, at=NOW)
    actions.undo_import(draft, batch, by=joris, at=NOW)
    assert set(Topic.objects.all()) == {topic, made}


def test_the_same_table_twice_adds_nothing(draft, topic, joris):
    first, batch = actions.take_in(draft, TABLE, dry_run=False, by=joris, at=NOW)
    again, nothing = actions.take_in(draft, TABLE, dry_run=False, by=joris, at=NOW)
    assert (first.counts[Outcome.ADDED], first.counts[Outcome.REFUSED]) == (2, 2)
    assert (again.counts[Outcome.SAME], nothing) == (2, None)
    actions.move_on(Agreement.objects.first(), Stage.RUNNING, by=joris, at=NOW)
    with pytest.raises(NotUndone):
        actions.undo_import(draft, batch, by=joris, at=NOW)


def test_an_adopted_agenda_takes_in_no_new_topics_and_a_text_is_no_table(agenda, joris):
    report, _batch = actions.take_in(agenda, TABLE, dry_run=False, by=joris, at=NOW)
    assert (report.counts[Outcome.ADDED], report.counts[Outcome.REFUSED]) == (1, 3)
    for text in ("", "zomaar een tekst", "Onderwerp\tAfspraak"):
        with pytest.raises(TableRefused):
            actions.take_in(agenda, text, dry_run=True, by=joris, at=NOW)
