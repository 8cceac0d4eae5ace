"""Who may do what: rules that views state with `@allow`, and the questions behind them."""

from django.http import HttpRequest

from buurtdraad.lib.access import Rule

# The key in the session: when (ISO 8601) it passed a second factor.
SECOND_FACTOR = "second_factor"


def strongly_signed_in(request: HttpRequest) -> bool:
    """Whether this session passed a second factor; duties of staff count only then."""
    return request.user.is_authenticated and SECOND_FACTOR in request.session


SIGNED_IN = Rule("signed in", "Whoever is signed in.", lambda request: request.user.is_authenticated)
