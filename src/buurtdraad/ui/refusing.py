"""Pages in words for what a view does not say itself: to wait (429 and `Retry-After`), and that this is no page to open (405)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from buurtdraad.lib.limits import TooOften
from buurtdraad.ui.views import error_page

NOT_ALLOWED = 405


class RefusalPages:
    """Middleware: whichever view it was, the answer is the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return wrong_method(request, response) if response.status_code == NOT_ALLOWED and not response.content else response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, TooOften):
            return None
        response = error_page(request, 429, _("Please wait a moment"), str(problem))
        response["Retry-After"] = str(problem.wait)
        return response


def wrong_method(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    """In words that an address only takes what a form sends, or only shows a page; with the `Allow` of the refusal."""
    page = error_page(request, NOT_ALLOWED, _("You cannot open this page like this"), _("Go back, and press the button there."))
    page["Allow"] = refusal["Allow"]
    return page
