"""What all pages that ask something share: who asks, what was sent, and by which methods such a page is reached."""

from django.http import HttpRequest, QueryDict
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.models import Person

require_form = require_http_methods(["GET", "HEAD", "POST"])


def me(request: HttpRequest) -> Person:
    """Who asks; behind a rule, so somebody."""
    assert isinstance(request.user, Person)
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None while nothing was."""
    return request.POST if request.method == "POST" else None
