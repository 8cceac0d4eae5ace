"""What everybody sees of initiatives, and what their people do with them in the browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.access import HELD
from buurtdraad.initiatives.actions import needs, news, people, plans
from buurtdraad.initiatives.models import Initiative, Update
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.lib.spam import Opened
from buurtdraad.messages.actions import contact_for

NOW = timezone.now()
HOSTILE = '<script>alert("x")</script>'
LISTS = ("/initiatieven/", "/initiatieven/lijst/", "/initiatieven/kaart/")
BEGIN = {"title": "Een bank op de Wilgenhof", "text": "Een bank in de schaduw.", "area": "BU03440241", "theme": "green"}


@pytest.fixture
def helpers(joris, samira):
    """Who advises there, and who advises elsewhere."""
    return joris, samira


@pytest.mark.parametrize("address", LISTS)
def test_the_lists_say_so_while_there_is_nothing(client, areas, address):
    page = client.get(address)
    assert page.status_code == 200
    assert "Er zijn hier nog geen plannen" in page.text


@pytest.mark.parametrize("address", LISTS)
def test_the_lists_show_what_is_on_the_site_and_nothing_else(client, make_initiative, address):
    make_initiative("Wilgentuin")
    for state in set(Showing) - {Showing.SHOWN}:
        make_initiative(f"Geheim {state}", showing=state)
    page = client.get(address).text
    assert ("Wilgentuin" in page) or ("1 plan" in page)
    assert "Geheim" not in page


@pytest.mark.parametrize("address", LISTS)
def test_the_lists_ask_as_much_for_three_as_for_one(client, make_initiative, address):
    make_initiative()
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    for _each in range(2):
        make_initiative()
    with CaptureQueriesContext(connection) as then:
        client.get(address)
    assert len(then) == len(first)


def test_the_list_is_filtered_by_place_theme_step_and_word(client, make_initiative):
    make_initiative("Wilgentuin")
    make_initiative("Straatfeest", area="BU03440321", theme=Theme.TOGETHER, stage=Stage.DOING)
    for query, there, not_there in (
        ("buurt=WK034403", "Straatfeest", "Wilgentuin"),
        ("thema=green", "Wilgentuin", "Straatfeest"),
        ("stap=doing", "Straatfeest", "Wilgentuin"),
        ("q=wilgentuin", "Wilgentuin", "Straatfeest"),
    ):
        page = client.get(f"/initiatieven/lijst/?{query}").text
        assert there in page, query
        assert not_there not in page, query


@pytest.mark.parametrize("query", ["buurt=nergens", "thema=x", "stap=%00", "page=0", "page=99", "page=x", "buurt=%27%20or%201"])
def test_nonsense_in_the_address_is_not_found(client, areas, query):
    assert client.get(f"/initiatieven/?{query}").status_code == 404


def test_the_page_of_one_shows_its_words_and_no_name_without_consent(client, make_initiative, kees, emine):
    made = make_initiative(of=kees)
    people.add_member(made, emine, name="Emine", agreed=False, by=kees, at=NOW)
    needs.add_need(made, kind="hands", words="Vier mensen om te planten", by=None, at=NOW)
    page = client.get(f"/initiatieven/{made.slug}/").text
    assert "Groen en een bank op de Wilgenhof." in page
    assert "Kees" in page
    assert "Emine" not in page
    assert "kees@example.nl" not in page
    assert "Vier mensen" not in page  # nobody read it yet


def test_a_private_page_is_there_for_its_people_and_helpers_only(client, make_initiative, helpers, kees, signed_in):
    joris, samira = helpers
    made = make_initiative(of=kees, showing=Showing.PRIVATE)
    address = f"/initiatieven/{made.slug}/"
    assert client.get(address).status_code == 404
    for person, status in ((kees, 200), (joris, 200), (samira, 404)):
        assert signed_in(person).get(address).status_code == status


def test_hostile_words_are_words(client, make_initiative, joris, signed_in):
    made = make_initiative(HOSTILE, slug="vijandig")
    plans.change(made, story=HOSTILE, place=HOSTILE, summary=HOSTILE, by=joris, at=NOW)
    needs.add_need(made, kind="hands", words=HOSTILE, by=joris, at=NOW)
    news.add_update(made, text=HOSTILE, by=joris, at=NOW)
    for address in ("/initiatieven/vijandig/", *LISTS):
        assert HOSTILE not in client.get(address).text
    assert HOSTILE not in signed_in(joris).get("/initiatieven/vijandig/werken/").text


def test_the_page_of_one_asks_as_much_for_three_of_everything(client, make_initiative, kees, joris, make_wish):
    made = make_initiative(of=kees)

    def grow():
        needs.add_need(made, kind="hands", words="Handen", by=joris, at=NOW)
        news.add_update(made, text="Nieuws", by=joris, at=NOW)
        plans.add_wish(made, make_wish(), by=joris, at=NOW)
        make_initiative("Alexandertuin", stage=Stage.PLAN)

    counts = []
    for times in (1, 2):
        for _each in range(times):
            grow()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/initiatieven/{made.slug}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_how_others_did_it_stands_below(client, make_initiative):
    made = make_initiative()
    other = make_initiative("Alexandertuin", stage=Stage.PLAN)
    Initiative.objects.filter(pk=other.pk).update(stage="done", done_on=timezone.localdate())
    assert "Zo ging het met Alexandertuin" in client.get(f"/initiatieven/{made.slug}/").text


# --- beginning -----------------------------------------------------------------------------------------


def begun(client, **facts):
    answer = client.post("/initiatieven/nieuw/", BEGIN | facts)
    assert answer.status_code == 302, answer.context["form"].errors
    return Initiative.objects.latest("pk"), answer


def test_a_visitor_begins_a_plan_and_goes_on_in_the_same_browser(client, areas):
    assert client.get("/initiatieven/nieuw/").status_code == 200
    made, answer = begun(client)
    assert (made.title, made.summary, made.showing) == (BEGIN["title"], BEGIN["text"], Showing.PRIVATE)
    assert str(made.uuid) in client.session[HELD]
    assert answer.url == f"/initiatieven/{made.slug}/werken/"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Uw plan is opgeslagen" in page.text


def test_another_browser_is_asked_to_sign_in(client, areas):
    _made, answer = begun(client)
    client.cookies.clear()
    assert client.get(answer.url).url.startswith("/inloggen/")


@pytest.mark.parametrize("name", ["wijzigen", "stap", "hoort-bij", "uitnodigen", "later-verder", "nodig", "nieuws", "foto"])
def test_the_forms_of_a_plan_are_for_its_people(client, helpers, signed_in, make_initiative, name):
    _joris, samira = helpers
    made, _answer = begun(client)
    address = f"/initiatieven/{made.slug}/{name}/"
    assert client.get(address).status_code == 200
    client.cookies.clear()
    assert client.get(address).status_code == 302
    assert signed_in(samira).get(address).status_code == 404
    shown = make_initiative()
    assert client.get(f"/initiatieven/{shown.slug}/{name}/").status_code == 403


def test_it_is_filled_in_from_a_wish_and_answers_it(client, make_wish):
    wish = make_wish(point=(52.1121, 5.0811))
    page = client.get(f"/initiatieven/nieuw/?wens={wish.reference}")
    assert page.context["form"]["title"].value() == wish.title
    assert page.context["here"].code == "BU03440241"
    made, _answer = begun(client, wens=wish.reference)
    assert [link.wish for link in made.answers_wishes.all()] == [wish]


@pytest.mark.parametrize(
    "query", ["wens=XX-1", "wens=%00", "onderwerp=x", "onderwerp=99999999999999999999", "afspraak=-1", "buurt=nergens"]
)
def test_nonsense_to_fill_in_is_left_out(client, areas, query):
    page = client.get(f"/initiatieven/nieuw/?{query}")
    assert page.status_code == 200
    assert not page.context["answers"]


@pytest.mark.parametrize("facts", [{"title": ""}, {"text": ""}, {"area": ""}, {"text": "x" * 301}, {"title": "x" * 121}])
def test_what_is_missing_is_asked_again_and_nothing_is_kept(client, areas, facts):
    assert client.post("/initiatieven/nieuw/", BEGIN | facts).status_code == 422
    assert not Initiative.objects.exists()


def test_the_same_form_sent_twice_is_one_plan(client, areas):
    signed = Opened().format_value("")
    begun(client, opened=signed)
    begun(client, opened=signed)
    assert Initiative.objects.count() == 1


def test_an_adviser_writes_one_down_for_somebody_and_helps(client, areas, joris, signed_in):
    signed_in(joris)
    made, _answer = begun(client)
    assert [one.role for one in made.members.all()] == ["helper"]


# --- working on it --------------------------------------------------------------------------------------


def test_its_people_change_it_and_ask_to_show_it(client, areas):
    made, answer = begun(client)
    words = {"title": "De Wilgenbank", "summary": "Een bank.", "area": "BU03440242", "theme": "together"}
    assert client.post(f"/initiatieven/{made.slug}/wijzigen/", words).status_code == 302
    assert client.post(answer.url, {"deed": "ask_to_show"}).status_code == 302
    made = Initiative.objects.select_related("area").get()
    assert (made.title, made.area.code, made.showing) == ("De Wilgenbank", "BU03440242", Showing.TO_READ)


def test_a_wrong_order_of_days_is_said_in_words(client, areas):
    made, _answer = begun(client)
    words = {"title": "X", "summary": "Y", "area": "BU03440242", "theme": "green", "from_on": "2026-05-02", "until_on": "2026-05-01"}
    page = client.post(f"/initiatieven/{made.slug}/wijzigen/", words)
    assert page.status_code == 422
    assert "laatste dag" in page.text


def test_a_forged_step_is_refused(client, areas):
    made, _answer = begun(client)
    assert client.post(f"/initiatieven/{made.slug}/stap/", {"stage": "done"}).status_code == 422
    assert client.post(f"/initiatieven/{made.slug}/stap/", {"stage": "stopped"}).status_code == 422
    assert client.post(f"/initiatieven/{made.slug}/stap/", {"stage": "plan"}).status_code == 302
    assert Initiative.objects.get().stage == Stage.PLAN


def test_a_wish_is_added_by_its_number_and_taken_away(client, make_wish):
    wish = make_wish()
    made, answer = begun(client)
    assert client.post(f"/initiatieven/{made.slug}/hoort-bij/", {"wish": "XX-99"}).status_code == 422
    assert client.post(f"/initiatieven/{made.slug}/hoort-bij/", {}).status_code == 422
    assert client.post(f"/initiatieven/{made.slug}/hoort-bij/", {"wish": wish.reference.lower()}).status_code == 302
    assert made.answers_wishes.count() == 1
    client.post(answer.url, {"deed": "unlink_wish", "which": wish.pk})
    assert made.answers_wishes.count() == 0


@pytest.mark.parametrize(
    "sent", [{"deed": "x"}, {}, {"deed": "remove_need"}, {"deed": "remove_need", "which": "1e9"}, {"deed": "remove_need", "which": "99"}]
)
def test_a_forged_deed_is_not_found(client, areas, sent):
    _made, answer = begun(client)
    assert client.post(answer.url, sent).status_code == 404


def test_a_row_of_another_plan_is_not_found(client, make_initiative, joris):
    other = needs.add_need(make_initiative(), kind="hands", words="Handen", by=joris, at=NOW)
    _made, answer = begun(client)
    assert client.post(answer.url, {"deed": "remove_need", "which": other.pk}).status_code == 404


def test_this_device_forgets_it(client, areas):
    _made, answer = begun(client)
    assert client.post(answer.url, {"deed": "let_go"}).url == "/initiatieven/"
    assert client.get(answer.url).status_code == 302


def test_a_member_who_signs_in_goes_on(client, make_initiative, kees, signed_in):
    made = make_initiative(of=kees, showing=Showing.PRIVATE)
    assert contact_for(kees, at=NOW)
    assert signed_in(kees).get(f"/initiatieven/{made.slug}/werken/").status_code == 200


def test_the_page_of_one_asks_as_often_with_more_news(client, make_initiative, django_assert_max_num_queries):
    plan = make_initiative("Wilgentuin")
    for number in range(2):
        Update.objects.create(initiative=plan, text=f"Nieuws {number}", showing=Showing.SHOWN, at=NOW)
        client.get(f"/initiatieven/{plan.slug}/")
        with django_assert_max_num_queries(15):
            assert f"Nieuws {number}" in client.get(f"/initiatieven/{plan.slug}/?keer={number}").text
