"""Taking in tables: each platform, dry run, twice, what is refused, and undoing."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.sources.exports import json_as_csv
from buurtdraad.agendas.ways_in.tests import exports_of_others as others
from buurtdraad.agendas.wishes.actions import answer, choose, support
from buurtdraad.agendas.wishes.models import Giver, Wish
from buurtdraad.agendas.wishes.states import Channel, Kind, Showing, Stage, Theme
from buurtdraad.audit.models import Event
from buurtdraad.lib.tables.reading import MOST_ROWS, TableRefused
from buurtdraad.lib.tables.reports import Outcome
from buurtdraad.messages.actions import contact_for
from buurtdraad.messages.models import Contact, PhoneNumber

PAGE = "/werk/wensen/inlezen/"
NOW = timezone.now()
OWN = (
    "wens;buurt;thema;soort;naam;telefoon\n"
    "Een café met terras;Geuzenwijk;groen;wens;Mevrouw Aydin;06 12345678\n"
    "Te hard rijden;BU03440242;verkeer;probleem;;\n"
)


@pytest.fixture
def take(areas, joris):
    """Take in a table as Joris: `take("wens\\n...")`."""

    def take_in(content, *, otherwise=None, dry_run=False, reach=None):
        content = content if isinstance(content, bytes) else content.encode()
        codes = frozenset({"WK034402", "BU03440241", "BU03440242"})
        return actions.import_wishes(
            content, name="lijst.csv", otherwise=areas.get(otherwise), reach=reach or Reach(codes=codes), by=joris, at=NOW, dry_run=dry_run
        )

    return take_in


def outcomes(found):
    return [(row.outcome, row.why) for row in found.report.rows]


def test_what_is_not_understood_of_a_row_gets_a_remark_and_a_date_that_has_yet_to_come_is_refused(take):
    found = take(
        "wens;buurt;thema;datum;latitude;longitude\n"
        "Een bank;Geuzenwijk;groen;31-02-2024;;\nEen boom;Geuzenwijk;ruimtevaart;;;\n"
        "Een hek;Geuzenwijk;groen;;10.5;10.5\nEen pad;Geuzenwijk;groen;01-01-2999;;\nEen put;Geuzenwijk;groen;01-02-2024;;\n"
    )
    assert [row.outcome for row in found.report.rows] == [Outcome.ADDED] * 3 + [Outcome.REFUSED, Outcome.ADDED]
    date, theme, point, future, right = (row.why for row in found.report.rows)
    assert "31-02-2024" in date
    assert "ruimtevaart" in theme
    assert "buiten de gemeente" in point
    assert future
    assert not right


# --- a table of our own --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        OWN.encode(),
        OWN.encode("cp1252"),
        OWN.encode("utf-16"),
        OWN.replace(";", "\t").encode(),
        others.xlsx([line.split(";") for line in OWN.splitlines()]),
    ],
)
def test_a_table_becomes_wishes_whatever_program_wrote_it(take, content):
    found = take(content)
    assert found.report.counts[Outcome.ADDED] == 2
    first, second = Wish.objects.order_by("pk")
    assert (first.text, first.area.code, first.theme, first.kind) == ("Een café met terras", "BU03440241", Theme.GREEN, Kind.WISH)
    assert (second.area.code, second.theme, second.kind) == ("BU03440242", Theme.TRAFFIC, Kind.PROBLEM)
    assert {wish.channel for wish in (first, second)} == {Channel.IMPORT}
    assert {wish.batch for wish in (first, second)} == {found.batch.uuid}
    assert first.showing == Showing.WAITING
    assert PhoneNumber.objects.get().number == "0612345678"
    assert Event.objects.get(verb="wishes.imported").payload["new"] == 2


def test_a_dry_run_changes_nothing(take):
    before = Event.objects.count()
    found = take(OWN, dry_run=True)
    assert found.report.counts[Outcome.ADDED] == 2
    assert not Wish.objects.exists()
    assert not Batch.objects.exists()
    assert not Contact.objects.exists()
    assert Event.objects.count() == before


def test_the_same_file_twice_adds_nothing(take):
    take(OWN)
    again = take(OWN)
    assert again.report.counts == {Outcome.SAME: 2}
    assert again.batch is None
    assert Wish.objects.count() == Contact.objects.count() + 1 == 2


def test_of_a_thousand_rows_with_every_tenth_wrong_the_others_come_in(take):
    table = "wens;buurt\n" + "\n".join(f"Bank {n};{'Nergens' if n % 10 == 0 else 'Geuzenwijk'}" for n in range(1, 1001))
    found = take(table)
    assert found.report.counts == {Outcome.ADDED: 900, Outcome.REFUSED: 100}
    assert [row.number for row in found.report.of(Outcome.REFUSED)] == list(range(11, 1002, 10))
    assert take(table).report.counts == {Outcome.SAME: 900, Outcome.REFUSED: 100}


def test_a_row_that_stands_in_the_file_twice_is_one_wish(take):
    assert take("wens;buurt\nEen bank;Geuzenwijk\nEen bank;Geuzenwijk\nEen bank;Schaakbuurt\n").report.counts == {
        Outcome.ADDED: 2,
        Outcome.SAME: 1,
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Een bank;", "There is no area"),
        ("Een bank;Onbekend", "We do not know the area"),
        ("Een bank;Taagdreef", "not one of your areas"),
        ("Een bank;Geuzenwijk, Schaakbuurt", "more than one area"),
        (";Geuzenwijk", "empty"),
        ("x" * 2001 + ";Geuzenwijk", "too long"),
        ("Bank;Geuzenwijk;12", "phone number"),
    ],
)
def test_a_row_that_is_not_right_says_why_and_stops_no_other(take, row, why):
    with override("en"):
        found = take(f"wens;buurt;telefoon\n{row}\nEen boom;Geuzenwijk;\n")
    assert [row.outcome for row in found.report.rows] == [Outcome.REFUSED, Outcome.ADDED]
    assert why in found.report.rows[0].why
    assert Wish.objects.get().text == "Een boom"


def test_all_that_is_wrong_with_a_row_is_told_at_once(take):
    with override("en"):
        found = take("wens;buurt;telefoon;datum;thema\n;Nergens;12;01-01-2999;ruimtevaart\nEen boom;Geuzenwijk;;31-02-2024;groen\n")
    wrong, right = found.report.rows
    assert wrong.outcome == Outcome.REFUSED
    for said in ("wens is empty.", "area Nergens.", "phone number", "yet to come", "theme ruimtevaart"):
        assert said in wrong.why
    assert right.outcome == Outcome.ADDED
    assert wrong.why.count("Nergens") == 1


def test_of_a_text_that_is_too_long_it_is_told_once(take):
    with override("en"):
        (row,) = take(f"wens;buurt\n{'x' * 2001};Nergens\n").report.rows
    assert (row.why.count("too long"), row.why.count("Nergens")) == (1, 1)


def test_rows_without_an_area_go_to_the_one_that_was_chosen(take):
    assert take("wens\nEen bank\n", otherwise="BU03440242").report.changes == 1
    assert Wish.objects.get().area.code == "BU03440242"


def test_two_areas_of_one_name_are_refused(take, areas):
    areas["BU03440242"].years.update(name="Geuzenwijk")
    assert take("wens;buurt\nEen bank;Geuzenwijk\n").report.counts == {Outcome.REFUSED: 1}


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "'=1+1", "+31", "<script>alert(1)</script>", "{{ 7|add:7 }}", "\u202eabc"])
def test_formulas_and_markup_are_text(take, text):
    take(b"wens\tbuurt\n" + '"{}"\tGeuzenwijk\n'.format(text.replace('"', '""')).encode())
    assert Wish.objects.get().text == text.removeprefix("'").removeprefix("\u202e")


def test_a_formula_in_excel_is_its_value(take):
    take(others.xlsx([["wens", "buurt", "nummer"], ["Een bank", "Geuzenwijk", "=1+6"]]))
    assert Wish.objects.get().text == "Een bank"


def test_what_is_personal_waits_also_where_everything_else_is_shown(take, areas, joris):
    choose(areas["zuilen-oost"], answer_within=21, read_first=False, comments=False, by=joris, duty="", at=NOW)
    take("wens;buurt\nEen bank;Geuzenwijk\nDe buurman op Wilgenlaan 12 maakt lawaai;Geuzenwijk\n")
    assert [wish.showing for wish in Wish.objects.order_by("pk")] == [Showing.SHOWN, Showing.WAITING]


def test_the_date_is_that_of_the_table_and_the_promise_runs_from_now(take):
    take("wens;buurt;datum\nEen bank;Geuzenwijk;01-05-2024\n")
    wish = Wish.objects.get()
    assert timezone.localdate(wish.given_at) == datetime.date(2024, 5, 1)
    assert wish.answer_by == timezone.localdate(NOW) + datetime.timedelta(days=21)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"   ", b"wens\n", b"titel;buurt\nx;y\n", b"\xff\xd8\xff\xe0\x00\x00", b"[", b"[1, 2]", b'{"a": 1', b"[" * 100_000,
        b"PK\x03\x04x",
        others.xlsx([["wens"], ["x"]], extra='<!DOCTYPE x [<!ENTITY a "b">]>'), b"x" * 2_000_001,
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_whole(take, content):
    with pytest.raises(TableRefused):
        take(content)


def test_ten_thousand_rows_are_looked_at_and_one_more_is_refused(take):
    rows = "".join(f"Wens nummer {n};Geuzenwijk\n" for n in range(MOST_ROWS))
    assert take(f"wens;buurt\n{rows}", dry_run=True).report.changes == MOST_ROWS
    with pytest.raises(TableRefused):
        take(f"wens;buurt\n{rows}Een te veel;Geuzenwijk\n", dry_run=True)


# --- other platforms -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", others.EACH)
def test_an_export_of_another_platform_becomes_wishes(take, name):
    found = take(others.EACH[name], otherwise="BU03440241")
    assert str(found.platform.name) == name.rpartition(" ")[0]
    wish = Wish.objects.get()
    assert wish.text.startswith("Een bank. ")
    assert "<" not in wish.text
    assert "amp;" not in wish.text
    assert wish.area.code == "BU03440241"
    assert timezone.localdate(wish.given_at) == datetime.date(2024, 5, 1)
    assert Giver.objects.get().contact is None
    assert take(others.EACH[name], otherwise="BU03440241").report.changes == 0


@pytest.mark.parametrize(("name", "theme"), [("OpenStad CSV", Theme.GREEN), ("Go Vocal XLSX", Theme.GREEN), ("CONSUL CSV", Theme.OTHER)])
def test_a_topic_of_another_platform_becomes_a_theme(take, name, theme):
    take(others.EACH[name], otherwise="BU03440241")
    assert Wish.objects.get().theme == theme


@pytest.mark.parametrize("name", ["Decidim CSV", "OpenStad CSV", "Go Vocal XLSX"])
def test_what_was_withdrawn_spam_or_never_published_is_left_out(take, name):
    assert take(others.EACH[name]).report.counts[Outcome.REFUSED] == 1


def test_a_title_alone_is_a_wish(take):
    take(others.CONSUL_DEBATES, otherwise="BU03440241")
    assert Wish.objects.get().text == "More light in the park"


def test_csv_and_json_of_one_site_are_the_same_wishes(take):
    take(others.DECIDIM_CSV)
    assert take(others.DECIDIM_JSON).report.changes == 0


def test_what_is_no_number_in_json_is_empty():
    assert json_as_csv(b'[{"title": "Een bank", "votes": NaN, "other": Infinity}]').splitlines()[1] == b"Een bank,,"


# --- undoing ------------------------------------------------------------------------------------------------


def test_undoing_removes_what_nobody_built_on_and_says_what_stays(take, joris, kees):
    found = take("wens;buurt;naam\nEen;Geuzenwijk;Ria\nTwee;Geuzenwijk;\nDrie;Geuzenwijk;\nVier;Geuzenwijk;\n")
    _one, two, three, _four = Wish.objects.order_by("pk")
    support(two, contact=contact_for(kees, at=NOW), at=NOW)
    answer([three], text="Dat doen wij.", stage=Stage.SEEN, by=joris, at=NOW)
    assert actions.undo(found.batch, by=joris, duty="", at=NOW) == (2, 2)
    assert set(Wish.objects.all()) == {two, three}
    assert not Contact.objects.filter(name="Ria").exists()
    assert Event.objects.get(verb="wishes.import_undone").payload == {"removed": 2, "stay": 2}
    assert take("wens;buurt;naam\nEen;Geuzenwijk;Ria\nTwee;Geuzenwijk;\n").report.counts == {Outcome.ADDED: 1, Outcome.SAME: 1}


# --- the page ------------------------------------------------------------------------------------------------


def upload(content=OWN, name="lijst.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_somebody_looks_takes_in_and_undoes(signed_in, joris, areas):
    client = signed_in(joris)
    looked = client.post(PAGE, {"file": upload(), "area": ""})
    assert looked.context["report"].changes == 2
    assert not Wish.objects.exists()
    done = client.post(PAGE, {"kept": looked.context["kept"]})
    assert done.context["done"]
    assert Wish.objects.count() == 2
    batch = Batch.objects.get()
    assert (batch.name, batch.by) == ("lijst.csv", joris.uuid)
    address = f"{PAGE}{batch.uuid}/"
    assert address in done.content.decode()
    assert client.get(address).context["going"] == 2
    client.post(address)
    assert not Wish.objects.exists()
    assert client.get(address).context["going"] == 0


def test_a_table_is_pasted_from_word_or_excel(signed_in, joris, areas):
    looked = signed_in(joris).post(PAGE, {"pasted": "wens\tbuurt\r\nEen bank\tGeuzenwijk\r\n", "area": ""})
    assert looked.context["report"].changes == 1


@pytest.mark.parametrize("data", [{}, {"pasted": " "}, {"kept": "x"}, {"pasted": "x", "area": "BU03440321"}, {"pasted": "titel\nx"}])
def test_what_is_no_table_is_said(signed_in, joris, areas, data):
    answered = signed_in(joris).post(PAGE, {"area": ""} | data)
    assert answered.status_code == 422
    assert answered.context["form"].errors


def test_a_table_that_waits_is_good_for_who_looked_at_it_only(signed_in, joris, samira, areas):
    kept = signed_in(joris).post(PAGE, {"file": upload(), "area": ""}).context["kept"]
    assert signed_in(samira).post(PAGE, {"kept": kept}).status_code == 422
    assert not Wish.objects.exists()


def test_only_advisers_take_in_and_undo_and_only_their_own(client, signed_in, kees, hamid, samira, take):  # noqa: PLR0917 (everybody who may not)
    address = f"{PAGE}{take(OWN).batch.uuid}/"
    for page in (PAGE, address):
        assert client.get(page).status_code == 302
    for person in (kees, hamid):
        assert signed_in(person).get(PAGE).status_code == signed_in(person).post(address).status_code == 403
    assert signed_in(samira).post(address).status_code == 404
    assert address not in signed_in(samira).get(PAGE).content.decode()
    assert Wish.objects.count() == 2


def test_hostile_names_and_texts_are_shown_as_text(signed_in, joris, areas):
    client = signed_in(joris)
    looked = client.post(PAGE, {"file": upload("wens;<b>x</b>\n<script>alert(1)</script>;y\n", "<i>x.csv"), "area": "BU03440241"})
    done = client.post(PAGE, {"kept": looked.context["kept"]})
    for page in (looked, done, client.get(f"{PAGE}{Batch.objects.get().uuid}/")):
        for tag in ("<script>alert", "<b>x", "<i>x"):
            assert tag not in page.content.decode()


# --- the command --------------------------------------------------------------------------------------------


def test_the_command_takes_in_and_names_what_is_refused(areas, tmp_path, capsys):
    file = tmp_path / "lijst.csv"
    file.write_text(OWN + "Een bank;Nergens;;;;\n")
    with pytest.raises(CommandError, match="row 4"):
        call_command("import_wishes", str(file), "--dry-run")
    assert not Wish.objects.exists()
    with pytest.raises(CommandError, match="row 4"):
        call_command("import_wishes", str(file))
    assert Wish.objects.count() == 2
    assert "2 added" in capsys.readouterr().out
    for wrong in ([str(tmp_path / "x")], [str(file), "--area", "nergens"]):
        with pytest.raises(CommandError):
            call_command("import_wishes", *wrong)
