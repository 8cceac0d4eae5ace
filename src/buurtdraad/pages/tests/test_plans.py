"""Plans of residents on pages of several rooms: what waits at work, and what can be reported."""

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda.tests.conftest import agenda, agreement, draft, topic  # noqa: F401
from buurtdraad.agendas.conftest import wish  # noqa: F401
from buurtdraad.initiatives.conftest import areas, city_with_a_name, emine, hamid, joris, kees, make_initiative, make_wish, noor, samira  # noqa: F401
from buurtdraad.initiatives.models import InitiativeAgreement, InitiativeTopic
from buurtdraad.initiatives.states import Showing
from buurtdraad.pages.reporting.things import can_hide, named
from buurtdraad.pages.work_plans import plans_to_read

TODAY = timezone.localdate()


def test_what_waits_to_be_read_stands_at_work_in_one_line(make_initiative, joris, samira, hamid, kees):  # noqa: F811
    assert plans_to_read(joris, TODAY) == []
    for _each in range(2):
        make_initiative(showing=Showing.TO_READ)
    (line,) = plans_to_read(joris, TODAY)
    assert "2" in line.title
    assert line.link == "/werk/initiatieven/lezen/"
    assert [bool(plans_to_read(person, TODAY)) for person in (hamid, samira, kees)] == [True, False, False]


@pytest.mark.parametrize("showing", Showing)
def test_only_a_plan_on_the_site_can_be_reported(make_initiative, showing):  # noqa: F811
    made = make_initiative(showing=showing)
    found = named(made.thing)
    assert (found is not None) is (showing == Showing.SHOWN)
    if found:
        assert (found.name, found.url, found.area) == (made.title, f"/initiatieven/{made.slug}/", "BU03440241")
    assert not can_hide(made.thing)


@pytest.mark.parametrize("thing", ["initiative:", "initiative:1", "initiative:%00", "initiative:00000000-0000-4000-8000-000000000000"])
def test_nonsense_is_no_plan(db, thing):
    assert named(thing) is None


def test_the_list_of_a_topic_and_of_an_agreement_has_only_what_belongs_to_it(client, make_initiative, agreement):  # noqa: F811
    its_topic = agreement.topic
    for title, model, facts in (
        ("Bij het onderwerp", InitiativeTopic, {"topic": its_topic}),
        ("Bij de afspraak", InitiativeAgreement, {"agreement": agreement}),
    ):
        model.objects.create(initiative=make_initiative(title), **facts)
    make_initiative("Van niemand")
    hidden = make_initiative("Geheim", showing=Showing.PRIVATE)
    InitiativeTopic.objects.create(initiative=hidden, topic=its_topic)
    for page, link, there in (
        (f"/onderwerpen/{its_topic.pk}/", f"/initiatieven/lijst/?onderwerp={its_topic.pk}", "Bij het onderwerp"),
        (f"/afspraken/{agreement.pk}/", f"/initiatieven/lijst/?afspraak={agreement.pk}", "Bij de afspraak"),
    ):
        assert link in client.get(page).text
        found = client.get(link).text
        assert [title for title in ("Bij het onderwerp", "Bij de afspraak", "Van niemand", "Geheim") if title in found] == [there]
    for nonsense in ("onderwerp=9999", "onderwerp=x", "afspraak=0", "afspraak=%00"):
        assert client.get(f"/initiatieven/lijst/?{nonsense}").status_code == 404, nonsense
