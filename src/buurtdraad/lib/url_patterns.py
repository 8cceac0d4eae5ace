"""Every address of the product, from the URL configuration: for the table of who may see what, and for measuring each page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from buurtdraad.lib.access import Rule, rule_of


@dataclass(frozen=True)
class Address:
    """One URL pattern: how it is written, its name, and the view that answers; its parameters with how each is read."""

    pattern: str
    name: str
    view: Any
    converters: Mapping[str, Any]

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(self.converters)

    @property
    def rule(self) -> Rule | None:
        return rule_of(self.view)

    @property
    def room(self) -> str:
        """The room that its name says, empty where it says none."""
        return self.name.rpartition(":")[0]

    def path(self, values: Mapping[str, Any]) -> str:
        """The address with these in the place of its parameters, in Dutch. Raises `NoReverseMatch` when one does not fit."""
        if not self.name.rpartition(":")[2]:
            return self.pattern
        with translation.override(settings.LANGUAGE_CODE):
            return reverse(self.name, kwargs=dict(values) or None)


def addresses() -> list[Address]:
    """Every URL pattern of the product, once (in Dutch), by how it is written."""
    with translation.override(settings.LANGUAGE_CODE):
        return sorted(walk(get_resolver().url_patterns), key=lambda one: one.pattern)


def walk(patterns: list, before: str = "/", space: str = "", above: Mapping[str, Any] | None = None) -> Iterator[Address]:
    """The patterns below this one."""
    for one in patterns:
        written, read = before + str(one.pattern), {**(above or {}), **one.pattern.converters}
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, written, f"{space}{one.namespace}:" if one.namespace else space, read)
        elif isinstance(one, URLPattern):
            yield Address(written, f"{space}{one.name or ''}", one.callback, read)
