"""What the pages of a sheet share: finding it, and who may change it."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from buurtdraad.accounts.asking import me
from buurtdraad.lib.access import require
from buurtdraad.works import access
from buurtdraad.works.models import Work
from buurtdraad.works.queries.works import WITH_AREAS


def to_change(request: HttpRequest, uuid: UUID) -> Work:
    """The sheet of the address, for who may change it; else 404 or 403."""
    visible = access.visible_works(request.user).prefetch_related(WITH_AREAS)
    found = get_object_or_404(visible.select_related("challenge"), uuid=uuid)
    require(access.may_change_work(me(request), found))
    return found


def path_of(work: Work) -> str:
    return reverse("works:work", args=[work.uuid])
