"""Two windows on one draft: the second asks for what is no longer so. The page of the version tells that; the address was not wrong."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from buurtdraad.lib.refusal import Refused
from buurtdraad.method.models import MethodVersion


class OutOfDate(Refused):
    """What somebody wanted to write in is gone, or is no draft any more. `version`: where one sees how it is now; else all versions."""

    def __init__(self, says: str, version: MethodVersion | None) -> None:
        super().__init__(says)
        self.version = version


def told_when_out_of_date(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say what happened, on the page of the version."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OutOfDate as refusal:
            messages.warning(request, str(refusal))
            return redirect("method:work_version", refusal.version.number) if refusal.version else redirect("method:work_versions")

    return wrapped
