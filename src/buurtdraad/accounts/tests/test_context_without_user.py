"""The frame of a page whose request nobody looked at yet, such as that of a file that cannot be read."""

from buurtdraad.accounts.context import person
from buurtdraad.ui.views import server_error


def test_what_fails_before_anybody_asked_who_it_is_still_has_a_page(rf, settings):
    request = rf.get("/static/ui/built/app.css")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert person(request) == {}


def test_the_page_of_an_error_needs_no_user(rf, settings, db):
    request = rf.get("/static/ui/built/app.css")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert server_error(request).status_code == 500
