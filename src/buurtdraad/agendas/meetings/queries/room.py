"""What stands on the screen in the room: the wishes by theme, with their stickers; and the result."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from buurtdraad.agendas.meetings.models import Meeting, MeetingWish, PaperCount, Sticker, Voter
from buurtdraad.agendas.wishes.models import Wish, WishQuerySet
from buurtdraad.agendas.wishes.states import Showing, Theme


@dataclass(frozen=True)
class Line:
    """One wish and the stickers on it. One that is not on the site still counts, without its text."""

    wish: Wish
    stickers: int
    mine: bool = False
    on_site: bool = True

    @property
    def name(self) -> str:
        """What it is called where a number follows: "Een bank: 31"."""
        return self.wish.title.rstrip(".") if self.on_site else _("A wish that is not on the site")


@dataclass(frozen=True)
class ThemeGroup:
    """The wishes of one theme, as many as are shown, and how many there are."""

    theme: str
    label: str
    lines: list[Line]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.lines)


@dataclass(frozen=True)
class StickerResult:
    """How a room chose: "31 of the 141, three each, 47 people"."""

    lines: list[Line] = field(default_factory=list)
    stickers: int = 0
    each: int = 0
    people: int = 0


def wishes_in(meeting: Meeting) -> WishQuerySet:
    """The wishes of a meeting that everybody in the room may see; one that was joined to another stands in that one."""
    return heads_of(meeting).on_site()


def heads_of(meeting: Meeting) -> WishQuerySet:
    """All wishes of a meeting, also what is not on the site, for who answers them."""
    inside = MeetingWish.objects.filter(meeting=meeting)
    return Wish.objects.heads().filter(pk__in=inside.values_list(Coalesce("wish__head_id", "wish_id"), flat=True))


def all_wishes_of(meeting: Meeting) -> WishQuerySet:
    """All wishes of a meeting, also those that nobody has read yet: for staff."""
    return Wish.objects.filter(pk__in=MeetingWish.objects.filter(meeting=meeting).values("wish")).order_by("given_at", "pk")


def to_read(meeting: Meeting) -> WishQuerySet:
    """The wishes of this evening that wait until somebody has read them."""
    return all_wishes_of(meeting).filter(showing=Showing.WAITING)


def stickers_of(meeting: Meeting) -> Counter[int]:
    """Stickers by wish, devices, cards and paper together; those on a joined wish count for the one it lives on in. One query."""
    head = Coalesce("wish__head_id", "wish_id")
    found: Counter[int] = Counter()
    put = Sticker.objects.filter(voter__meeting=meeting).order_by().values_list(head).annotate(Count("pk"))
    paper = PaperCount.objects.filter(meeting=meeting).order_by().values_list(head).annotate(Sum("stickers"))
    for wish, number in put.union(paper, all=True).order_by():
        found[wish] += number
    return found


def people_of(meeting: Meeting) -> int:
    """How many people put at least one sticker: each device, each card, and those on paper."""
    return Voter.objects.filter(meeting=meeting, stickers__isnull=False).distinct().count() + meeting.paper_people


def sticker_result(meeting: Meeting) -> StickerResult:
    """How the room chose, the most stickers first; for the record of a topic. Three queries."""
    counts = stickers_of(meeting)
    on_site = Exists(Wish.objects.on_site().filter(pk=OuterRef("pk")))
    found = Wish.objects.select_related("area").defer("search", "stems").annotate(seen=on_site).in_bulk(counts)
    lines = [Line(found[pk], number, on_site=found[pk].seen) for pk, number in counts.items() if pk in found]
    lines.sort(key=lambda line: (-line.stickers, line.wish.pk))
    return StickerResult(lines, sum(counts.values()), meeting.stickers, people_of(meeting))


def by_theme(meeting: Meeting, *, most: int, theme: str = "", mine: frozenset[int] = frozenset()) -> list[ThemeGroup]:
    """The wishes on the screen, the largest theme first; of each theme at most `most`, most stickers and then newest first."""
    counts = stickers_of(meeting)
    found = wishes_in(meeting).filter(**({"theme": theme} if theme else {}))
    by_key: dict[str, list[int]] = {}
    for pk, key in found.order_by("-given_at", "-pk").values_list("pk", "theme"):
        by_key.setdefault(key, []).append(pk)
    shown = {key: sorted(pks, key=lambda pk: -counts[pk])[:most] for key, pks in by_key.items()}
    # The texts of what is shown only: a full room asks this page hundreds of times.
    wishes = Wish.objects.only("pk", "reference", "text").in_bulk([pk for pks in shown.values() for pk in pks])
    made = [
        ThemeGroup(key, str(Theme(key).label), [Line(wishes[pk], counts[pk], pk in mine) for pk in pks if pk in wishes], len(by_key[key]))
        for key, pks in shown.items()
    ]
    return sorted(made, key=lambda group: (-group.number, group.theme))


def stickers_by(meeting: Meeting, key: str) -> frozenset[int]:
    """The wishes on which this voter has a sticker."""
    return frozenset(Sticker.objects.filter(voter__meeting=meeting, voter__key=key).values_list("wish_id", flat=True))
