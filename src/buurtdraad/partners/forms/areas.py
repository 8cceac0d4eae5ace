"""Asking in which areas something is: in groups, of which each opens on demand."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.queries import place_choices
from buurtdraad.lib.dated import DaysForm
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


def whole_city() -> list[tuple[str, list[tuple[str, str]]]]:
    """The city itself, as a group of places to choose from."""
    here = places.city()
    return [(_("The whole city"), [(here.code, here.name)])] if here else []


class AreasForm(DaysForm):
    """Something in areas. Those beyond the reach of who asks stay as they are; `cleaned_data["areas"]` holds them as rows."""

    def __init__(self, *args: Any, reach: Reach, had: set[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.reach, self.had = reach, had
        self.groups: list[str] = []
        for title, inside in [*whole_city(), *place_choices()]:
            within = [(code, name) for code, name in inside if code in reach]
            if within:
                name = f"areas_{len(self.groups)}"
                initial = [code for code, _name in within if code in self.had]
                self.fields[name] = forms.MultipleChoiceField(
                    label=title, choices=within, initial=initial, required=False, widget=forms.CheckboxSelectMultiple
                )
                self.groups.append(name)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All but the areas."""
        return [self[name] for name in self.fields if name not in self.groups]

    @property
    def area_fields(self) -> list[tuple[forms.BoundField, int]]:
        """The groups of areas, each with how many of it are chosen."""
        return [(self[name], len(self[name].value() or [])) for name in self.groups]

    def clean(self) -> dict:
        given = super().clean()
        within = {code for name in self.groups for code in given.pop(name, [])}
        if not within and not self.reach.everywhere:
            self.add_error(None, _("Choose at least one of your own areas."))
        beyond = {code for code in self.had if code not in self.reach or not self.asks(code)}
        given["areas"] = list(Area.objects.filter(code__in=within | beyond))
        return given

    def asks(self, code: str) -> bool:
        """Whether this area can be chosen now: one of before, that the city no longer has, cannot."""
        return any(code == one for name in self.groups for one, _name in self.fields[name].choices)  # type: ignore[attr-defined]
