"""Things that ask or do the same: two projects with one goal, and a wish or topic that a project may answer already."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from buurtdraad.agendas.agenda.models import Topic, TopicWish
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.similar import rules as likeness
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.reports import rules
from buurtdraad.reports.queries.doing import Doing, Sheet
from buurtdraad.reports.queries.seeking import projects
from buurtdraad.reports.queries.seen import Seen
from buurtdraad.reports.states import FindingKind
from buurtdraad.works.models import WorkAnswers

# Of these nobody said yet that something is done for them.
WAITS = (Stage.TOLD, Stage.SEEN, Stage.LATER)


def same_goal(doing: Doing) -> Iterator[Seen]:
    """Pairs of projects of different departments under one challenge, in one neighbourhood, for the same people or with goals alike.

    The same people: the same words for the target group. Alike: by `agendas.similar`, which is right about two times in three, so a
    person looks. It does not say that one of them is too many.
    """
    seen: set[str] = set()
    for (place, challenge), sheets in sorted(by_cell(doing).items()):
        for one, other in combinations(sheets, 2):
            key = rules.pair_key("goal", one.thing, other.thing)
            if one.department.casefold() != other.department.casefold() and key not in seen and same_wanted(one, other):
                seen.add(key)
                yield Seen(
                    FindingKind.SAME_GOAL, key, place, challenge, tuple(sorted((one.thing, other.thing))),
                    {"departments": sorted((one.department, other.department)), "group": one.target_group},
                )  # fmt: skip


def by_cell(doing: Doing) -> dict[tuple[int, int], list[Sheet]]:
    found: dict[tuple[int, int], list[Sheet]] = defaultdict(list)
    for sheet in projects(doing):
        for place in sheet.places if sheet.challenge and (sheet.goal or sheet.target_group) else ():
            found[place, sheet.challenge].append(sheet)  # type: ignore[index]
    return found


def same_people(one: Sheet, other: Sheet) -> bool:
    return bool(one.target_group) and one.target_group.strip().casefold() == other.target_group.strip().casefold()


def same_wanted(one: Sheet, other: Sheet) -> bool:
    if same_people(one, other):
        return True
    first, second = likeness.key(one.goal), likeness.key(other.goal)
    return min(len(first), len(second)) >= rules.LEAST_GOAL_WORDS and likeness.likeness(first, second) >= likeness.SIMILAR


def answered_already(doing: Doing) -> Iterator[Seen]:
    """A wish or topic in whose neighbourhood an open project says the same, while nothing ties them together.

    Wishes on the site that nobody answered with work yet; topics of agendas that count now. Text likeness as above. Each is told once,
    with the project that is most like it. It does not say that the project is what people asked.
    """
    table = Table(doing)
    tied_wishes, tied_topics = tied()
    waiting = Wish.objects.on_site().heads().filter(stage__in=WAITS).exclude(pk__in=tied_wishes).order_by("pk")
    for reference, area, stems in waiting.values_list("reference", "area", "stems"):
        if best := table.most_like(stems, doing.ground.of([area])):
            yield answering(f"wish:{reference}", area, None, best)
    topics = Topic.objects.filter(version__stage=VersionStage.ADOPTED).exclude(pk__in=tied_topics).order_by("pk")
    for pk, title, text, area, challenge in topics.values_list("pk", "title", "text", "version__area", "challenge"):
        if best := table.most_like(likeness.key(f"{title}. {text}"), doing.ground.of([area])):
            yield answering(f"topic:{pk}", area, challenge, best)


def answering(thing: str, area: int, challenge: int | None, sheet: Sheet) -> Seen:
    facts = {"department": sheet.department}
    return Seen(FindingKind.ALREADY_ANSWERED, f"answered:{thing}:{sheet.thing}", area, challenge, (thing, sheet.thing), facts)


def tied() -> tuple[set[int], set[int]]:
    """The wishes and topics that a work answers, also through their topic or agreement."""
    topics, wishes = set[int](), set[int]()
    for wish, topic, of_agreement in WorkAnswers.objects.values_list("wish", "topic", "agreement__topic"):
        topics |= {one for one in (topic, of_agreement) if one}
        wishes |= {wish} if wish else set()
    wishes |= set(TopicWish.objects.filter(topic__in=topics).values_list("wish", flat=True))
    return wishes, topics


class Table:
    """Open projects by the stems of their title and place, so that each question compares a few of them only."""

    def __init__(self, doing: Doing) -> None:
        self.sheets: dict[int, tuple[Sheet, likeness.Key]] = {}
        self.at: dict[str, set[int]] = defaultdict(set)
        for sheet in projects(doing):
            key = likeness.key(f"{sheet.title}. {sheet.where}")
            self.sheets[sheet.pk] = sheet, key
            for stem in key:
                self.at[stem].add(sheet.pk)

    def most_like(self, stems: likeness.Key, places: tuple[int, ...]) -> Sheet | None:
        """The project that shares a neighbourhood and says the most alike; None when none is alike enough."""
        if not stems:
            return None
        here = set(places)
        found = sorted({pk for stem in likeness.shortlist_stems(stems) for pk in self.at.get(stem, ())})
        candidates = [(pk, self.sheets[pk][1]) for pk in found if here.intersection(self.sheets[pk][0].places)]
        best = likeness.most_like(stems, candidates, most=1)
        return self.sheets[best[0][0]][0] if best else None
