"""How a wish stands in an address: `/wensen/ZO-42/`."""

import re

from django.urls import register_converter

REFERENCE = re.compile(r"[A-Za-z]{1,8}[0-9]{0,2}-[0-9]{1,9}")


TYPED = re.compile(r"([A-Za-z]{1,8}?)[ ./_-]*([0-9]{1,9})|([A-Za-z]{1,8}[0-9]{0,2})[ ./_-]+([0-9]{1,9})")


def as_reference(typed: str) -> str:
    """The reference that somebody means by "zo42", "ZO 42" or "zo-42"; empty for what is none."""
    found = TYPED.fullmatch(" ".join(typed.split()))
    return f"{found[1] or found[3]}-{found[2] or found[4]}".upper() if found else ""


class Reference:
    """A reference as `rules.prefixes` makes them; people may write it in small letters. Anything else is no address of a wish."""

    regex = REFERENCE.pattern

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(Reference, "ref")
