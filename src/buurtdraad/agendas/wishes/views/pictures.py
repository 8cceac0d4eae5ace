"""Pictures with wishes: at an address of their own, for everybody once they were looked at, before that for who reads wishes there."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from buurtdraad.agendas.wishes.access import may_read
from buurtdraad.agendas.wishes.queries.pictures import is_public, picture_by
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.uploads import serving


@allow(EVERYBODY)
@require_safe
def picture(request: HttpRequest, uuid: UUID, width: int) -> HttpResponseBase:
    found = picture_by(uuid)
    if found is None:
        raise Http404
    public = is_public(found)
    if not public and not may_read(request.user, found.wish):
        raise Http404
    return serving.picture(found, width, public=public)
