"""The page that says to wait: status 429 and `Retry-After` for every `TooOften` that a view lets through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from buurtdraad.lib.limits import TooOften
from buurtdraad.ui.views import error_page


class TooOftenPage:
    """Middleware: whichever view it was, the answer is the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, TooOften):
            return None
        response = error_page(request, 429, _("Please wait a moment"), str(problem))
        response["Retry-After"] = str(problem.wait)
        return response
