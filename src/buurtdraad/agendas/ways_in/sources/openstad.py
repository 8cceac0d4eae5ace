"""An export of OpenStad: a folder with what its API gives as JSON (ideas or resources, votes, areas, comments), read by a mapping.

Written after the models of the API server (`Resource`, `Idea`, `Vote`, `Area`, `Comment`). Of users nothing is read at all: no
name, no address, no place that they live in. Votes are counted, and then forgotten.
"""

import datetime
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from buurtdraad.agendas.ways_in.sources.rows import day_of, joined, point_of, theme_of, without_markup
from buurtdraad.agendas.wishes.rules import MOST_LETTERS
from buurtdraad.agendas.wishes.states import Stage, Theme
from buurtdraad.lib.tables.reading import RowRefused, TableRefused

DEFAULTS = Path(__file__).with_suffix(".toml")
WISH, PLAN, NOTHING, LEAVE = "wish", "plan", "nothing", "leave"
STAGES = frozenset({Stage.TOLD, Stage.SEEN, Stage.BUSY, Stage.DONE, Stage.LATER, Stage.NOT_DONE})
MOST_FILE, MOST_IDEAS = 200_000_000, 100_000
SEEN_BY_ALL = frozenset({None, "all", "anonymous"})
AREA_KEYS = ("area", "buurt", "wijk", "gebied", "neighbourhood")


@dataclass(frozen=True)
class Mapping:
    """What the mapping says; each table is that of the defaults with one's own on top."""

    name: str
    site: str
    keeps_comments: bool
    files: dict[str, list[str]]
    become: dict[str, str]
    areas: dict[str, str]
    status: dict[str, str]


@dataclass(frozen=True)
class Idea:
    """One idea as we can use it. `mark` is what makes it the same when the export comes again; `area` what was said of where it is."""

    number: int
    mark: str
    title: str
    text: str
    become: str
    areas: tuple[str, ...]
    point: tuple[float, float] | None
    theme: Theme
    given_on: datetime.date | None
    stage: Stage
    answer: str
    budget: int | None
    in_favour: int
    against: int
    comments: tuple[tuple[str, str, datetime.date | None], ...] = ()
    remark: str = ""


@dataclass
class Export:
    """What was in the folder: each idea or why it is not one, by its place in the file; and what was left out."""

    mapping: Mapping
    ideas: list[tuple[int, str, Idea | str]] = field(default_factory=list)
    dropped_comments: int = 0


def mapping_of(path: Path | None) -> Mapping:
    """The defaults, with a TOML or JSON file on top. Raises `TableRefused` when it cannot be read or says what nobody knows."""
    said = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    if path is not None:
        try:
            text = path.read_text(encoding="utf-8")
            own = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        except (OSError, ValueError) as wrong:
            raise TableRefused(f"{path.name}: {wrong}") from None
        if unknown := sorted(own.keys() - said.keys()):
            raise TableRefused(f"{path.name}: {', '.join(unknown)}?")
        said = {key: {**value, **own.get(key, {})} if isinstance(value, dict) else own.get(key, value) for key, value in said.items()}
    wrong_words = (set(said["become"].values()) - {WISH, PLAN, NOTHING}) | (set(said["status"].values()) - STAGES - {LEAVE})
    if wrong_words or said["comments"] not in {"drop", "keep"}:
        raise TableRefused(f"{path.name if path else DEFAULTS.name}: {', '.join(sorted(wrong_words)) or said['comments']}?")
    files = {key: [value] if isinstance(value, str) else list(value) for key, value in said["files"].items()}
    texts = {key: {str(name).casefold(): str(value) for name, value in said[key].items()} for key in ("become", "areas", "status")}
    return Mapping(str(said["name"])[:60], str(said["site"])[:20], said["comments"] == "keep", files, **texts)


def read_export(folder: Path, mapping: Mapping) -> Export:
    """All ideas of a folder. Raises `TableRefused` when there are none, or a file is no list of things."""
    ideas = things_in(folder, mapping, "ideas")
    if not ideas:
        raise TableRefused(_("There are no ideas in this folder. We look for: %(names)s.") % {"names": ", ".join(mapping.files["ideas"])})
    if len(ideas) > MOST_IDEAS:
        raise TableRefused(_("There are more than %(most)s rows in this file. Cut it in pieces.") % {"most": MOST_IDEAS})
    votes, counted = votes_in(things_in(folder, mapping, "votes"))
    names = {str(one.get("id")): str(one.get("name", "")) for one in things_in(folder, mapping, "areas")}
    comments = comments_in(things_in(folder, mapping, "comments"))
    export = Export(mapping)
    for number, one in enumerate(ideas, start=1):
        name = f"{one.get('id', '?')} {str(one.get('title', ''))[:60]}"
        said = comments.get(str(one.get("id")), ())
        try:
            found: Idea | str = idea_of(one, number, mapping, names, votes if counted else None, said)
        except RowRefused as refusal:
            found = str(refusal)
        export.ideas.append((number, name, found))
        if not mapping.keeps_comments or isinstance(found, str):
            export.dropped_comments += len(said)
    return export


def things_in(folder: Path, mapping: Mapping, kind: str) -> list[dict[str, Any]]:
    path = next((folder / name for name in mapping.files[kind] if (folder / name).is_file()), None)
    if path is None:
        return []
    if path.stat().st_size > MOST_FILE:
        raise TableRefused(_("This file is too large. It may be %(most)s MB at most.") % {"most": MOST_FILE // 1_000_000})
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise TableRefused(f"{path.name}: JSON?") from None
    if isinstance(found, dict):
        found = next((found[key] for key in ("records", "data", "results", kind) if isinstance(found.get(key), list)), None)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise TableRefused(f"{path.name}: [...]?")
    return found


def of_idea(thing: dict[str, Any]) -> str:
    return str(thing.get("resourceId") or thing.get("ideaId") or "")


def votes_in(votes: list[dict[str, Any]]) -> tuple[Counter[tuple[str, str]], bool]:
    """How many said yes and no to each idea; not what was taken back, refused by a moderator, or not confirmed."""
    good = [one for one in votes if not one.get("deletedAt") and one.get("checked") is not False and one.get("confirmed") is not False]
    return Counter((of_idea(one), "no" if one.get("opinion") == "no" else "yes") for one in good), bool(votes)


def comments_in(comments: list[dict[str, Any]]) -> dict[str, tuple[tuple[str, str, datetime.date | None], ...]]:
    found: dict[str, list[tuple[str, str, datetime.date | None]]] = {}
    for one in comments:
        text = without_markup(str(one.get("description") or ""))
        if text and not one.get("deletedAt"):
            found.setdefault(of_idea(one), []).append((str(one.get("id")), text, day_of(str(one.get("createdAt") or ""))))
    return {key: tuple(value) for key, value in found.items()}


# --- one idea --------------------------------------------------------------------------------------------


def idea_of(  # noqa: PLR0917 (all that one export knows)
    one: dict[str, Any],
    number: int,
    mapping: Mapping,
    names: dict[str, str],
    votes: Counter[tuple[str, str]] | None,
    comments: tuple[tuple[str, str, datetime.date | None], ...],
) -> Idea:
    """Raises `RowRefused` for what was not for everybody there, or cannot be a wish."""
    key, project = str(one.get("id") or ""), str(one.get("projectId") or one.get("siteId") or "")
    if not key:
        raise RowRefused(_("There is no number in this row."))
    status = status_of(one, mapping)
    refuse_unseen(one, status)
    text, remark = text_of(one)
    stage = Stage(status)
    answer = without_markup(str(one.get("modBreak") or ""))
    return Idea(
        number=number, mark=f"openstad:{mapping.site}:{project}:{key}"[:64], title=without_markup(str(one.get("title") or ""))[:120],
        text=text, become=mapping.become.get(project.casefold(), mapping.become["default"]), areas=tuple(areas_of(one, mapping, names)),
        point=place_of(one), theme=theme_of_idea(one), given_on=day_of(str(one.get("createdAt") or one.get("startDate") or "")),
        stage=stage, answer=answer, budget=number_in(one.get("budget")), comments=comments if mapping.keeps_comments else (), remark=remark,
        in_favour=votes[key, "yes"] if votes is not None else number_in(one.get("yes")) or 0,
        against=votes[key, "no"] if votes is not None else number_in(one.get("no")) or 0,
    )  # fmt: skip


def refuse_unseen(one: dict[str, Any], status: str) -> None:
    if one.get("deletedAt") or one.get("isSpam"):
        raise RowRefused(_("This was withdrawn or removed there."))
    published = [one[key] for key in ("publishDate", "publishedDate") if key in one]
    if (published and not any(published)) or one.get("viewableByRole") not in SEEN_BY_ALL:
        raise RowRefused(_("This was not published there."))
    if status == LEAVE:
        raise RowRefused(_("The mapping says not to take this in."))


def status_of(one: dict[str, Any], mapping: Mapping) -> str:
    """What the mapping makes of its status: a word of the older API, or the names of `statuses` of the newer one."""
    said = [one.get("status"), *(each.get("name") for each in listed(one, "statuses"))]
    said += [tag.get("name") for tag in listed(one, "tags") if tag.get("type") == "status"]
    known = (mapping.status[str(name).casefold()] for name in said if name and str(name).casefold() in mapping.status)
    return next(known, mapping.status["default"])


def listed(one: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = one.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text_of(one: dict[str, Any]) -> tuple[str, str]:
    """Title and description; the summary where the description is too long for a wish."""
    title, summary, body = (without_markup(str(one.get(key) or "")) for key in ("title", "summary", "description"))
    whole, short = (joined(title, part) if title and part else title or part for part in (body or summary, summary))
    if not whole:
        raise RowRefused(_("There is no text in this row."))
    if len(whole) <= MOST_LETTERS:
        return whole, ""
    if short and len(short) <= MOST_LETTERS:
        return short, _("The description was too long. Its summary came along.")
    raise RowRefused(_("This text is too long: %(most)s characters at most.") % {"most": MOST_LETTERS})


def areas_of(one: dict[str, Any], mapping: Mapping, names: dict[str, str]) -> Iterator[str]:
    """What it says of its area, the surest first, each as the mapping calls it here."""
    number = str(one.get("areaId") or "")
    extra = one["extraData"] if isinstance(one.get("extraData"), dict) else {}
    said = [number, names.get(number, ""), *(str(extra.get(key) or "") for key in AREA_KEYS)]
    said += [str(tag.get("name") or "") for tag in listed(one, "tags") if tag.get("type") in {*AREA_KEYS, "place"}]
    for text in said:
        if text and (text.casefold() in mapping.areas or text != number):
            yield mapping.areas.get(text.casefold(), text)


def place_of(one: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude. The older API gives a point of GeoJSON whose numbers stand the other way round than GeoJSON has them."""
    for key in ("location", "position"):
        found = one.get(key)
        if not isinstance(found, dict):
            continue
        if isinstance(found.get("coordinates"), list) and len(found["coordinates"]) == 2:
            latitude, longitude = found["coordinates"]
        else:
            latitude, longitude = found.get("lat", found.get("latitude")), found.get("lng", found.get("longitude"))
        if point := point_of(str(latitude), str(longitude)):
            # The Netherlands lie further north than east: so both ways of writing are understood.
            return point if point[0] > point[1] else (point[1], point[0])
    return None


def theme_of_idea(one: dict[str, Any]) -> Theme:
    extra = one["extraData"] if isinstance(one.get("extraData"), dict) else {}
    tags = (str(tag.get("name")) for tag in listed(one, "tags") if tag.get("type") in {"theme", "thema"})
    said = [str(extra.get("theme") or extra.get("thema") or ""), *tags]
    return next((theme for text in said if text and (theme := theme_of(text)) != Theme.OTHER), Theme.OTHER)


def number_in(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2_000_000_000 else None
