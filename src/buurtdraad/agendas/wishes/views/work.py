"""What the pages for who works with wishes share: who it is, and the wishes that they chose."""

from django.http import Http404, HttpRequest

from buurtdraad.accounts.asking import me
from buurtdraad.agendas.wishes.access import areas_to_answer
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.work import chosen

UNPROCESSABLE = 422


def chosen_here(request: HttpRequest) -> list[Wish]:
    """The wishes that a form or address names; 404 when one of them is not of this person's areas."""
    names = (request.POST if request.method == "POST" else request.GET).getlist("wens")
    found = chosen(areas_to_answer(me(request)), names)
    if len(found) != len(set(names)):
        raise Http404
    return found
