"""What a page may ask of the device (Permissions-Policy): no microphone and no camera, unless its view says so itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADER = "Permissions-Policy"
NOTHING = "camera=(), microphone=()"
MICROPHONE = "camera=(), microphone=(self)"


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Says it on every answer that does not say it itself."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, NOTHING)
        return response

    return answer
