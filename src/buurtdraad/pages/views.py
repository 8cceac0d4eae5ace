"""Pages that show several rooms."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language())
