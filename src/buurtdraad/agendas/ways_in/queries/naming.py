"""Which area somebody means: by code, by name, or by where it lies."""

from buurtdraad.places import queries as places


class Names:
    """The areas of the city by code and by name, read once for a whole table."""

    def __init__(self) -> None:
        city = places.city_code()
        found = list(places.neighbourhoods_of(city)) + list(places.working_areas_of(city)) if city else []
        self.codes: dict[str, str] = {one.code.casefold(): one.code for one in found}
        self.named: dict[str, set[str]] = {}
        self.points: dict[tuple[float, float], str] = {}
        for one in [*found, *(places.children(city) if city else [])]:
            self.codes[one.code.casefold()] = one.code
            self.named.setdefault(places.search_key(one.name), set()).add(one.code)

    def meant(self, typed: str) -> set[str]:
        """The codes of the areas that this can be: one when it is clear, none when nobody knows it."""
        if code := self.codes.get(typed.strip().casefold()):
            return {code}
        if whole := self.named.get(places.search_key(typed)):
            return whole
        return {code for part in typed.replace(";", ",").split(",") for code in self.named.get(places.search_key(part), ())}

    def at(self, point: tuple[float, float]) -> str:
        """The neighbourhood of the city at this point; empty when it lies elsewhere."""
        if point not in self.points:
            here = places.area_at(*point)
            self.points[point] = here.area.code if here and here.area.code.casefold() in self.codes else ""
        return self.points[point]
