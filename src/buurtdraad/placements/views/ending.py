"""The last page for who came by a link: it says what was done, and leads to what others learned."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.ui.asking import said


def ended(request: HttpRequest, title: str, says: str, *, status: int = 200) -> HttpResponse:
    """Says what was done, and leads on to the lessons."""
    lessons = reverse("placements:placements")
    return said(request, title, says, status=status, back=lessons, go=_("See what was learned at placements"))
