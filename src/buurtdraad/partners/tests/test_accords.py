"""Agreements between partners: drafts, what counts, who signs, joins and leaves, versions beside each other, and the names under it."""

import datetime
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.tests.city import someone
from buurtdraad.audit.models import Event
from buurtdraad.lib.tests import hostile_files as hostile
from buurtdraad.lib.uploads import documents
from buurtdraad.lib.uploads.keeping import place
from buurtdraad.partners import actions
from buurtdraad.partners.models import Accord, AccordDocument, AccordVersion, Signature
from buurtdraad.partners.own.actions import erase
from buurtdraad.partners.own.queries import personal_data
from buurtdraad.partners.queries import accords as queries
from buurtdraad.partners.queries.signatures import signatures_due
from buurtdraad.partners.rules import differing
from buurtdraad.partners.states import ACCORD_MOVES, AccordStage, Binding

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)
LONG_AGO = TODAY - 500 * DAY
WORDS = actions.AccordText("Wijkakkoord Zuilen", "Goed wonen.", "Eerlijk zijn.\nSamen kijken.", Binding.EFFORT, "De hele tekst.")


def old(**facts):
    return Accord.objects.create(made_at=NOW).versions.create(**{"number": 1, "title": "Akkoord", "goal": "Goed wonen"} | facts)


# --- what may never be stored ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"goal": ""},
        {"stage": "in_force"},
        {"stage": "ended", "in_force_on": TODAY, "over_on": TODAY},
        {"stage": "ended", "in_force_on": TODAY, "why_over": "Klaar"},
        {"stage": "followed", "in_force_on": TODAY, "over_on": TODAY - DAY},
    ],
)
def test_a_version_says_what_since_when_until_when_and_why(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        old(**wrong)


@pytest.mark.parametrize(
    "second", [{"number": 1, "stage": "draft"}, {"number": 2}, {"number": 2, "stage": "in_force", "in_force_on": TODAY}]
)
def test_of_one_accord_a_number_a_draft_and_what_counts_are_there_once(second):
    first = old(stage="in_force" if "stage" in second else "draft", in_force_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        first.accord.versions.create(title="Akkoord", goal="Goed", **second)


@pytest.mark.parametrize("wrong", [{}, {"left_on": TODAY - 2 * DAY, "why_left": "x"}, {"left_on": TODAY}])
def test_who_signed_did_so_once_and_who_left_says_why_after_they_signed(add, wrong):
    version, partner = old(), add()
    if not wrong:
        version.signatures.create(organisation=partner, signed_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.signatures.create(organisation=partner, signed_on=TODAY, **wrong)


def test_every_stage_stands_in_the_table():
    assert set(ACCORD_MOVES) == set(AccordStage)
    assert {to for moves in ACCORD_MOVES.values() for to in moves} <= set(AccordStage)


# --- making it ------------------------------------------------------------------------------------------


def test_with_fewer_than_two_parties_nothing_was_agreed(draft, sign, manager, add):
    for _each in range(2):
        with pytest.raises(actions.NotAgreed):
            actions.put_in_force(draft, on=TODAY, by=manager, at=NOW)
        draft.refresh_from_db()
        assert draft.stage == AccordStage.DRAFT
        sign(draft, add(f"Partner {_each}"))
    actions.put_in_force(draft, on=TODAY, by=manager, at=NOW)
    assert draft.stage == AccordStage.IN_FORCE


def test_it_counts_from_the_day_on_which_all_who_signed_the_draft_had_done_so(draft, sign, manager, add):
    sign(draft, add("Een"), on=TODAY - 9 * DAY), sign(draft, add("Twee"), on=TODAY - 9 * DAY), sign(draft, add("Laat"), on=TODAY - DAY)
    with pytest.raises(actions.NotAgreed, match="Laat"):
        actions.put_in_force(draft, on=TODAY - 2 * DAY, by=manager, at=NOW)
    actions.put_in_force(draft, on=TODAY - DAY, by=manager, at=NOW)
    assert draft.in_force_on == TODAY - DAY


def test_who_took_part_before_still_has_to_sign_until_they_do_leave_or_are_over(accord, sign, add, manager):
    bo_ex, jou = (one.organisation for one in accord.signatures.order_by("organisation__name"))
    draft = actions.draft_next(accord.accord, by=manager, at=NOW)

    def waits(version):
        shown = queries.full_versions().get(pk=version.pk)
        return queries.still_to_sign(shown, queries.versions_of(accord.accord), on=TODAY)

    assert (waits(accord), waits(draft)) == ([], [bo_ex, jou])
    mine = sign(draft, bo_ex)
    assert waits(draft) == [jou]
    sign(draft, add("Een")), actions.put_in_force(draft, on=TODAY, by=manager, at=NOW)
    actions.leave(mine, on=TODAY, why="Geen tijd", by=manager, at=NOW)
    assert waits(draft) == [jou], "who left does not have to sign"
    type(jou).objects.filter(pk=jou.pk).update(until_on=TODAY - DAY)
    assert waits(draft) == []


def test_a_next_version_stands_beside_what_counts_and_follows_it(accord, manager, sign, add):
    draft = actions.draft_next(accord.accord, by=manager, at=NOW)
    assert (draft.number, draft.goal) == (2, accord.goal)
    with pytest.raises(actions.NotAgreed):
        actions.draft_next(accord.accord, by=manager, at=NOW)
    actions.change_draft(draft, actions.AccordText("Nieuw", "Beter wonen."), areas=accord.accord.areas.all(), by=manager, at=NOW)
    accord.refresh_from_db()
    assert (accord.title, accord.stage) == ("Wijkakkoord Zuilen", AccordStage.IN_FORCE)
    sign(draft, add("Een")), sign(draft, add("Twee"))
    with pytest.raises(actions.NotAgreed):
        actions.put_in_force(draft, on=accord.in_force_on - DAY, by=manager, at=NOW)
    actions.put_in_force(draft, on=TODAY, by=manager, at=NOW)
    accord.refresh_from_db()
    assert (accord.stage, accord.over_on, draft.stage) == (AccordStage.FOLLOWED, TODAY, AccordStage.IN_FORCE)
    for version in (accord, draft):
        with pytest.raises(actions.NotAgreed):
            actions.change_draft(version, WORDS, areas=[], by=manager, at=NOW)


def test_it_ends_with_a_reason_and_can_begin_again(accord, manager):
    with pytest.raises(actions.NotAgreed):
        actions.end_accord(accord, on=accord.in_force_on - DAY, why="Klaar", by=manager, at=NOW)
    actions.end_accord(accord, on=TODAY, why="Alles is gedaan.", by=manager, at=NOW)
    with pytest.raises(actions.NotAgreed):
        actions.end_accord(accord, on=TODAY, why="Nog eens", by=manager, at=NOW)
    assert actions.draft_next(accord.accord, by=manager, at=NOW).number == 2
    assert Event.objects.filter(verb="accord.ended").count() == 1


def test_a_draft_is_thrown_away_and_an_accord_that_was_only_one_too(draft, accord, manager):
    beside = actions.draft_next(accord.accord, by=manager, at=NOW)
    actions.drop_draft(beside, by=manager, at=NOW)
    assert list(accord.accord.versions.all()) == [accord]
    actions.drop_draft(draft, by=manager, at=NOW)
    assert list(Accord.objects.all()) == [accord.accord]
    with pytest.raises(actions.NotAgreed):
        actions.drop_draft(accord, by=manager, at=NOW)
    with pytest.raises(actions.NotAgreed):
        actions.change_draft(beside, WORDS, areas=[], by=manager, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_a_next_version_at_once_one_succeeds(accord, manager):
    def drafted(_n):
        try:
            actions.draft_next(Accord.objects.get(), by=manager, at=NOW)
        except actions.NotAgreed:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(drafted, range(3))) == 1
    assert AccordVersion.objects.filter(stage=AccordStage.DRAFT).count() == 1


def test_what_only_staff_see_touches_no_page(draft, sign, add, manager):
    sign(draft, add("Een")), sign(draft, add("Twee"))
    assert {tuple(touches) for touches in Event.objects.filter(thing__startswith="accord:").values_list("touches", flat=True)} == {()}
    actions.put_in_force(draft, on=TODAY, by=manager, at=NOW)
    assert "WK034401" in Event.objects.get(verb="accord.in_force").touches


# --- parties --------------------------------------------------------------------------------------------


def test_others_join_later_and_nobody_signs_twice(accord, sign, add):
    late = add("Laat")
    signature = sign(accord, late)
    assert queries.joined_later(queries.version_of(accord.accord.uuid)) == {signature.pk}
    with pytest.raises(actions.NotAgreed):
        sign(accord, late)


def test_a_double_signs_as_the_whole_and_both_that_signed_are_one_party(accord, sign, add, manager):
    whole, double, later = add("Portaal"), add("St. Portaal"), add("Portaal BV")
    sign(accord, whole), sign(accord, double)
    actions.join(double, into=whole, by=manager, at=NOW)
    actions.join(later, into=whole, by=manager, at=NOW)
    with pytest.raises(actions.NotAgreed):
        sign(accord, later)
    version = queries.version_of(accord.accord.uuid)
    assert [party.organisation.name for party in queries.taking_part(version)] == ["Bo-Ex", "JoU", "Portaal"]
    actions.leave(queries.parties_of(version)[2].signature, on=TODAY, why="Geen tijd", by=manager, at=NOW)
    left = queries.version_of(accord.accord.uuid)
    assert [party.organisation.name for party in queries.taking_part(left)] == ["Bo-Ex", "JoU"]


def test_who_leaves_says_why_and_can_come_back(accord, sign, manager):
    signature = accord.signatures.first()
    with pytest.raises(actions.NotAgreed):
        actions.leave(signature, on=signature.signed_on - DAY, why="x", by=manager, at=NOW)
    actions.leave(signature, on=TODAY, why="Geen mensen meer", by=manager, at=NOW)
    assert (signature.left_on, signature.why_left) == (TODAY, "Geen mensen meer")
    with pytest.raises(actions.NotAgreed):
        actions.leave(signature, on=TODAY, why="x", by=manager, at=NOW)
    again = sign(accord, signature.organisation)
    assert (again.pk, again.left_on) == (signature.pk, None)


def test_out_of_a_draft_one_is_taken_and_what_counts_is_left_with_a_reason(draft, accord, sign, add, manager):
    signature = sign(draft, add("Een"))
    with pytest.raises(actions.NotAgreed):
        actions.leave(signature, on=TODAY, why="x", by=manager, at=NOW)
    actions.unsign(signature, by=manager, at=NOW)
    assert not draft.signatures.exists()
    with pytest.raises(actions.NotAgreed):
        actions.unsign(accord.signatures.first(), by=manager, at=NOW)


def test_who_signed_is_written_down_anew(accord, manager):
    signature = accord.signatures.first()
    actions.change_signature(signature, on=TODAY, signed_by="Noor, directeur", by=manager, at=NOW)
    signature.refresh_from_db()
    assert (signature.signed_on, signature.signed_by) == (TODAY, "Noor, directeur")
    assert "Noor" not in str(list(Event.objects.values_list("payload")))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_for_one_partner_at_once_one_succeeds(accord, add, manager):
    late = add("Laat")

    def signed(_n):
        try:
            actions.sign(AccordVersion.objects.get(), late, on=TODAY, by=manager, at=NOW)
        except actions.NotAgreed:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(signed, range(3))) == 1


# --- versions beside each other, and where they count ---------------------------------------------------


def test_two_texts_differ_by_sentence():
    assert differing("Eerlijk zijn. Samen kijken.", "Eerlijk zijn. Elk jaar kijken.") == [
        ("same", "Eerlijk zijn."),
        ("gone", "Samen kijken."),
        ("new", "Elk jaar kijken."),
    ]
    assert differing("", "") == []


def test_a_version_shows_what_changed(accord, sign, add, manager):
    draft = actions.draft_next(accord.accord, by=manager, at=NOW)
    actions.change_draft(draft, actions.AccordText("Wijkakkoord Zuilen", "Beter wonen.", binding="result"), areas=[], by=manager, at=NOW)
    sign(draft, accord.signatures.first().organisation), sign(draft, add("Nieuw"))
    found = queries.changes(queries.version_of(accord.accord.uuid, draft=True), queries.versions_of(accord.accord))
    assert found is not None
    assert [len(change.pieces) for change in found.texts] == [2, 2, 2, 1]
    assert ([one.name for one in found.came], [one.name for one in found.gone]) == (["Nieuw"], ["JoU"])
    assert queries.changes(accord, queries.versions_of(accord.accord)) is None


def test_in_an_area_counts_what_was_put_in_force_there(accord, draft):
    assert queries.in_force_in(["WK034401"], on=TODAY) == [accord]
    assert queries.in_force_in(["WK034402"], on=TODAY) == []
    assert queries.in_force_in(["WK034401"], on=accord.in_force_on - DAY) == []
    assert queries.accords_of(accord.signatures.first().organisation) == [accord]


# --- the paper ------------------------------------------------------------------------------------------


def paper(content=hostile.PDF):
    return documents.check(io.BytesIO(content), most_bytes=10_000_000)


def test_a_pdf_is_kept_replaced_and_taken_away_with_its_file(accord, manager, settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    facts = {"name": "akkoord.pdf", "on_site": False, "by": manager, "at": NOW}
    first = actions.keep_document(accord, paper(), **facts)
    second = actions.keep_document(accord, paper(), **facts)
    assert (place(first.key).exists(), place(second.key).exists()) == (False, True)
    with pytest.raises(actions.NotAgreed):
        actions.keep_document(accord, paper(hostile.docx()), **facts)
    actions.drop_document(AccordDocument.objects.get(), by=manager, at=NOW)
    assert not place(second.key).exists()


# --- names of people ------------------------------------------------------------------------------------


def test_the_name_of_who_signed_goes_a_year_after_it_is_over_and_that_they_signed_stays(accord, sign, manager, add):
    first, second = accord.signatures.all()
    Signature.objects.filter(pk=first.pk).update(signed_on=LONG_AGO, left_on=LONG_AGO, why_left="x")
    assert list(signatures_due(TODAY)) == [first]
    assert actions.forget_signers([first.pk, second.pk], on=TODAY) == 1
    assert [one.signed_by for one in accord.signatures.all()] == ["", "Linda Mulder, beheer"]
    AccordVersion.objects.filter(pk=accord.pk).update(stage="ended", in_force_on=LONG_AGO, over_on=LONG_AGO, why_over="Klaar")
    assert list(signatures_due(TODAY)) == [second]


def test_a_person_takes_along_what_they_signed_and_their_name_goes_with_them(accord, speaks):
    linda = someone("Linda Mulder", email="linda@example.org", confirmed_at=NOW)
    theirs, of_another = accord.signatures.order_by("organisation__name")
    speaks(theirs.organisation, "Linda Mulder", email=linda.email)
    assert [one["akkoord"] for one in personal_data(linda)["ondertekend"]] == ["Wijkakkoord Zuilen"]
    erase(linda, at=NOW)
    theirs.refresh_from_db(), of_another.refresh_from_db()
    assert (theirs.signed_by, of_another.signed_by) == ("", "Linda Mulder, beheer")
    assert personal_data(linda) == {}
