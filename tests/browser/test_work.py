"""Staff see what waits for them on a phone, finish it, and it is gone."""

import pytest
from playwright.sync_api import expect

from buurtdraad.ui.tests.looking import flaws, flaws_at_each_width, keep_picture
from tests.browser.visiting import begin_again, look_as, open_everything, path_of, tab_to


@pytest.fixture
def work(visit):
    """The page of work of one of the cast, on the first day."""

    def looking(name, *, width=390, anew=True, **options):
        page = visit("/demo/", width=width, **options)
        if anew:
            begin_again(page)
        look_as(page, name)
        page.goto("/werk/")
        return page

    return looking


@pytest.mark.parametrize("name", ["Joris Bakker", "Hamid Bouzian", "Ria Postma", "Noor de Graaf"])
def test_the_page_of_work_is_accessible_and_fits(work, name):
    page = work(name, anew=False)
    assert flaws_at_each_width(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_step_twenty_a_call_is_made_and_the_number_is_gone(visit, javascript):
    page = visit("/demo/", width=390, javascript=javascript)
    begin_again(page)
    page.get_by_role("listitem").filter(has_text="Iemand wacht op een").get_by_role("button").click()
    assert path_of(page) == "/werk/"
    page.get_by_role("link", name="een bank en schaduw").click()
    expect(page.get_by_role("link", name="0612345678")).to_be_visible()
    page.get_by_role("button", name="Gebeld", exact=True).click()
    page.get_by_text("Het telefoonnummer is vernietigd").wait_for()
    page.goto("/werk/")
    expect(page.get_by_role("link", name="een bank en schaduw")).to_have_count(0)
    expect(page.get_by_role("link", name="Uw stoep wordt gemaakt")).to_have_count(1)


def test_the_keyboard_is_enough(work):
    page = work("Joris Bakker", width=1280)
    tab_to(page, "Bel over: Uw stoep wordt gemaakt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/werk/bellen/*/")


def test_the_list_of_lost_mail_is_accessible_and_short_work(work):
    page = work("Ria Postma")
    page.get_by_role("link", name="Mails die niet aankwamen").click()
    open_everything(page)
    keep_picture(page, "lost-mail")
    assert flaws(page) == []
    page.get_by_role("button", name="Haal van de lijst").click()
    page.get_by_text("Er is geen mail om naar te kijken").wait_for()
