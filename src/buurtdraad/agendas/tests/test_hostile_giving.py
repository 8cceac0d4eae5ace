"""Every form of giving, wanting and reacting gets hostile values, also in its hidden fields: never a 500."""

import pytest
from django.utils import timezone

from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.queries.ratings import rating_path

HOSTILE = (
    "\0", "a\0b", "\r\nSet-Cookie: x=1", "\u202eabc", "😀" * 1000, "x" * 100_000, "-1", "9" * 400, "1e309", "NaN", "inf", "' OR 1=1 --",
    "<script>alert(1)</script>", "{{ 7|add:7 }}", "%s%n%x", "../../etc/passwd", "[]", "ZO-1", "GM0344", "BU03440241",
)  # fmt: skip
FIELDS = (
    "text", "area", "where", "asked", "pick", "theme", "lat", "lon", "without_point", "opened", "homepage", "step", "same", "way", "email",
    "phone", "name", "alt", "people", "agreed_with", "picture", "do", "helped", "words",
)  # fmt: skip
SOUND = {"text": "Een bank", "area": "BU03440241", "way": "none", "step": "send"}


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_value_breaks_a_page(client, wish, emine, kees, joris, number, settings, monkeypatch):  # noqa: PLR0917
    """Each value in all fields at once, and in a fifth of the fields alone: each field meets four of them so."""
    from buurtdraad.lib import limits

    value = HOSTILE[number]
    settings.ADDRESS_SERVICE_URL = ""
    monkeypatch.setattr(limits, "MOST_OF_AN_ADDRESS", 100_000)
    actions.choose(wish.area, answer_within=21, read_first=True, comments=True, by=joris, duty="area_adviser", at=timezone.now())
    made = actions.answer([wish], text="Ja", stage=None, by=joris, at=timezone.now())
    new = "/wensen/nieuw/"
    for field in FIELDS[number % 5 :: 5]:
        assert client.post(new, SOUND | {field: value}).status_code < 500
    every = dict.fromkeys(FIELDS, value)
    for path in (
        new,
        f"{new}lijkt-op/",
        "/wensen/ZO-1/steun/",
        "/wensen/ZO-1/volgen/",
        "/wensen/ZO-1/reacties/",
        rating_path(made, emine, wish),
    ):
        assert client.post(path, every).status_code < 500
        assert client.get(path, {"buurt": value, "gestuurd": value}).status_code < 500
    client.force_login(kees)
    for path in ("/wensen/ZO-1/steun/", "/wensen/ZO-1/reacties/"):
        assert client.post(path, every).status_code < 500
