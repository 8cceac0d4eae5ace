"""The person of a request knows whether this session passed a second factor.

So `has_duty(request.user, ...)` is right in every room, also in a view for everybody that shows staff one button more.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from buurtdraad.accounts.access import SECOND_FACTOR


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands directly behind Django's AuthenticationMiddleware; asks nothing before somebody asks who is signed in."""

    def answer(request: HttpRequest) -> HttpResponse:
        found = request.user

        def marked():
            # A request holds a lazy object of Django's: what counts is the person in it.
            if found.is_authenticated:
                found.without_second_factor = not request.session.get(SECOND_FACTOR)
            return found

        request.user = SimpleLazyObject(marked)  # type: ignore[assignment]
        return get_response(request)

    return answer
