"""What goes wrong, as RFC 9457 says it: `application/problem+json`, all that is wrong with a question at once."""

from typing import Any, Self

from django.http import HttpResponse, JsonResponse
from ninja import Field
from ninja.errors import ValidationError

from buurtdraad.api.shape import Fields

TITLES = {
    400: "De vraag klopt niet",
    404: "Dit is er niet",
    405: "Dit adres is alleen om te lezen",
    429: "Te veel vragen",
    500: "Er ging bij ons iets mis",
}


class WrongValue(Fields):
    """One thing that is wrong with the question."""

    name: str = Field(description="Naam van de parameter.")
    reason: str


class Problem(Fields):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    invalid_params: list[WrongValue] = Field(default_factory=list, description="Alles wat er mis is met de vraag.")


class WrongQuestion(Exception):  # noqa: N818
    """A question that cannot be answered, with all that is wrong with it: pairs of parameter and reason."""

    def __init__(self, wrong: list[tuple[str, str]]) -> None:
        super().__init__(wrong)
        self.wrong = wrong

    @classmethod
    def of(cls, name: str, reason: str) -> Self:
        return cls([(name, reason)])


def problem(status: int, detail: str = "", wrong: list[tuple[str, str]] | None = None) -> HttpResponse:
    """The answer for what went wrong."""
    said: dict[str, Any] = {"type": "about:blank", "title": TITLES[status], "status": status}
    if detail:
        said["detail"] = detail
    if wrong:
        said["invalidParams"] = [{"name": name, "reason": reason} for name, reason in wrong]
    return JsonResponse(said, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False})


def wrong_values(found: ValidationError) -> list[tuple[str, str]]:
    """Every value of the question that is no value of its kind."""
    return [(str(one["loc"][-1]), in_dutch(one)) for one in found.errors]


# By kind of pydantic's error, the longest name that it begins with.
REASONS = {
    "literal_error": "moet zijn: {expected}",
    "greater_than_equal": "moet ten minste {ge} zijn",
    "less_than_equal": "mag hooguit {le} zijn",
    "string_too_long": "mag hooguit {max_length} tekens zijn",
    "string_pattern_mismatch": "is leeg, of heeft een teken dat hier niet kan",
    "int": "moet een heel getal zijn",
    "date": "moet een dag zijn, zoals 2026-05-31",
    "bool": "moet true of false zijn",
    "uuid": "moet een UUID zijn",
}


def in_dutch(error: dict[str, Any]) -> str:
    """What is wrong with a value, in a few words."""
    said = next((words for kind, words in REASONS.items() if error["type"].startswith(kind)), "klopt niet")
    return said.format(**error.get("ctx", {})).replace(" or ", " of ")
