"""What a browser sees of the pages about agreements between partners, offers and doubles: accessible, and nothing sticks out."""

import pytest
from django.utils import timezone

from buurtdraad.partners import actions
from buurtdraad.partners.tests.test_look import cookie  # noqa: F401 (a fixture)
from buurtdraad.ui.tests.looking import flaws_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
PAGES = [
    "/werk/partners/{uuid}/",
    "/werk/partners/{uuid}/samenvoegen/",
    "/werk/partners/{double}/samenvoegen/?into={uuid}",
    "/werk/partners/{double}/stoppen/",
    "/werk/partners/{uuid}/aanbod/",
    "/wijkakkoorden/",
    "/nl-x-simpel/wijkakkoorden/{accord}/",
    "/wijkakkoorden/{accord}/versie/1/",
    "/werk/wijkakkoorden/",
    "/werk/wijkakkoorden/nieuw/",
    "/werk/wijkakkoorden/{accord}/",
    "/werk/wijkakkoorden/{accord}/versie/2/deelnemer/",
    "/en/werk/wijkakkoorden/{accord}/concept/weg/",
    "/werk/wijkakkoorden/{accord}/stoppen/",
    "/werk/wijkakkoorden/{accord}/versie/1/pdf/",
    "/werk/wijkakkoorden/{accord}/vertrek/{party}/",
]


@pytest.fixture
def names(accord, sign, add, manager, areas):
    """An accord of two versions with a draft beside it, an offer, a double, and somebody who left."""
    by, today = {"by": manager, "at": timezone.now()}, timezone.localdate()
    second = actions.draft_next(accord.accord, **by)
    words = actions.AccordText("Wijkakkoord", "Beter wonen.", "Eerlijk zijn.", text="Een tekst.")
    actions.change_draft(second, words, areas=accord.accord.areas.all(), **by)
    parties = [sign(second, add(name, "WK034401")) for name in ("Stichting Allerlangstewijkorganisatienaam", "Twee", "Drie")]
    actions.put_in_force(second, on=today, **by)
    actions.leave(parties[1], on=today, why="Geen mensen meer", **by)
    actions.join(add("Dubbele"), into=parties[0].organisation, **by)
    actions.add_offer(parties[0].organisation, what="Een zaal", for_whom="iedereen", areas=[areas["WK034401"]], from_on=today, **by)
    actions.draft_next(accord.accord, **by)
    return {
        "accord": accord.accord.uuid,
        "party": parties[0].pk,
        "uuid": parties[0].organisation.uuid,
        "double": parties[2].organisation.uuid,
    }


def test_the_pages_are_accessible_and_fit(browser, live_server, cookie, names):  # noqa: F811 (the fixture)
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([cookie])
    assert flaws_of(context.new_page(), [address.format(**names) for address in PAGES]) == {}
    context.close()
