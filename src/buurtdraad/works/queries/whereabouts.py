"""Which areas of today somebody means: by name or code, also of another year."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from buurtdraad.agendas.ways_in.queries.naming import Names
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaChange, AreaYear

# An area that went to several keeps those that got at least this part of its land.
PART = 0.1


@dataclass(frozen=True)
class Meant:
    """The codes of areas of today, what to tell about them, and why a name is of no use."""

    codes: frozenset[str] = frozenset()
    note: str = ""
    problem: str = ""


@dataclass
class Whereabouts:
    """The areas of the city, read once for a whole file."""

    names: Names = field(default_factory=Names)

    def __post_init__(self) -> None:
        here = places.city()
        self.city = here.code if here else ""
        self.shown = {one.code: one.name for one in places.named_inside(self.city)} | {self.city: here.name} if here else {}
        for code, name in self.shown.items():
            self.names.codes[code.casefold()] = code
            self.names.named.setdefault(places.search_key(name), set()).add(code)
        self.now = set(self.names.codes.values())
        self.changes: dict[str, list[AreaChange]] = {}
        for change in AreaChange.objects.select_related("from_area", "to_area").order_by("year", "-share"):
            self.changes.setdefault(change.from_area.code, []).append(change)
        self.called = dict(AreaYear.objects.filter(area__code__in=self.changes).values_list("area__code", "name"))
        self.old_names = {places.search_key(name): code for code, name in self.called.items()}
        self.old_codes = {code.casefold(): code for code in self.changes}

    def of(self, typed: str) -> Meant:
        """All areas in a cell, parted by a comma, `;` or `|`."""
        whole = self.one(typed)
        # A name may have a comma in it; then the sign is `|`.
        parts = [part.strip() for part in (typed.split("|") if "|" in typed else typed.replace(";", ",").split(",")) if part.strip()]
        if whole.codes or len(parts) < 2:
            return whole
        found = [self.one(part) for part in parts]
        codes = frozenset[str]().union(*(meant.codes for meant in found))
        return Meant(
            codes, " ".join(meant.note for meant in found if meant.note), " ".join(meant.problem for meant in found if meant.problem)
        )

    def one(self, typed: str) -> Meant:
        key, code = places.search_key(typed), typed.strip().casefold()
        if now := self.names.codes.get(code):
            return Meant(frozenset({now}))
        if old := self.old_codes.get(code):
            return self.followed(old)
        if named := self.names.named.get(key):
            return smallest(named, typed)
        return self.followed(self.old_names[key]) if key in self.old_names else unknown(typed)

    def followed(self, code: str) -> Meant:
        """What follows an area of another year, with a note that says so."""
        codes = frozenset(self.after(code, set()) & self.now)
        if not codes:
            return unknown(code)
        facts = {"old": self.called.get(code, code), "new": ", ".join(sorted(self.shown.get(one, one) for one in codes))}
        return Meant(codes, _("%(old)s is an area of another year. Now it is: %(new)s.") % facts)

    def after(self, code: str, seen: set[str]) -> set[str]:
        if code in self.now or code in seen:
            return {code}
        seen.add(code)
        steps = self.changes.get(code, [])
        large = [one for one in steps if one.share >= PART] or steps[:1]
        return set().union(*(self.after(one.to_area.code, seen) for one in large)) if large else set()


def unknown(typed: str) -> Meant:
    return Meant(problem=_("We do not know the area %(area)s.") % {"area": typed[:80]})


def smallest(codes: set[str], typed: str) -> Meant:
    """Of a district and the neighbourhood in it with one name the neighbourhood; of two neighbourhoods nobody knows which."""
    small = {code for code in codes if code.startswith("BU")} or codes
    if len(small) > 1:
        return Meant(problem=_("%(area)s can be more than one area. Write its code.") % {"area": typed[:80]})
    return Meant(frozenset(small))
