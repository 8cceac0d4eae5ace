"""The wishes of one meeting in groups, to answer: for who answers wishes in that area."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.agendas.meetings.queries.room import heads_of
from buurtdraad.agendas.meetings.views.work import hosted
from buurtdraad.agendas.wishes.access import ADVISER
from buurtdraad.agendas.wishes.views.work_groups import groups_page
from buurtdraad.lib.access import allow


@never_cache
@allow(ADVISER)
@require_safe
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = hosted(request, pk)
    return groups_page(request, heads_of(meeting), meeting.title)
