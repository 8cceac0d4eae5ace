"""The code of an area in an address: `<area:code>`."""

from django.urls import register_converter


class AreaCode:
    """A code of CBS or the slug of a working area; anything else is no address of ours."""

    regex = "[A-Za-z0-9-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(AreaCode, "area")
