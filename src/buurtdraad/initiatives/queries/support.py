"""What the neighbours think of an initiative, counted: all of it for staff, and what of it everybody may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from buurtdraad.initiatives.models import Initiative, Zone
from buurtdraad.initiatives.rules import FEWEST_TO_SHOW, is_enough, may_split
from buurtdraad.initiatives.states import EvidenceStage, Says

ONLINE = "online"


@dataclass(frozen=True)
class Voices:
    """Three numbers: never a score."""

    says_for: int = 0
    against: int = 0
    neutral: int = 0

    def __add__(self, other: "Voices") -> "Voices":
        return Voices(self.says_for + other.says_for, self.against + other.against, self.neutral + other.neutral)

    @property
    def total(self) -> int:
        return self.says_for + self.against + self.neutral


@dataclass(frozen=True)
class ZoneSupport:
    """A zone with its rule. `enough` is None while nobody wrote down how many there are in it."""

    zone: Zone
    voices: Voices

    @property
    def name(self) -> str:
        return self.zone.name

    @property
    def rule(self) -> str:
        return self.zone.rule

    @property
    def total(self) -> int:
        return self.voices.total

    @property
    def enough(self) -> bool | None:
        told = self.voices
        return is_enough(
            self.zone.rule, units=self.zone.units, says_for=told.says_for, against=told.against, neutral=told.neutral
        )  # fmt: skip


@dataclass(frozen=True)
class Support:
    """All voices: online after confirmation, and lists that two people counted. `elsewhere` are those of no zone.

    `sources` says how many there are of each: "online", or a kind of evidence. For staff; everybody else sees `seen_of(support)`.
    """

    voices: Voices = Voices()
    zones: list[ZoneSupport] = field(default_factory=list)
    elsewhere: Voices = Voices()
    sources: dict[str, Voices] = field(default_factory=dict)

    @property
    def says_for(self) -> int:
        return self.voices.says_for

    @property
    def against(self) -> int:
        return self.voices.against

    @property
    def neutral(self) -> int:
        return self.voices.neutral

    @property
    def total(self) -> int:
        return self.voices.total

    @property
    def enough(self) -> bool | None:
        """Whether every zone has enough; None where no zone asks it, or where one cannot be known yet and none fails."""
        each = [zone.enough for zone in self.zones]
        if False in each:
            return False
        return None if not each or None in each else True


def support_of(initiative: Initiative) -> Support:
    """What the neighbours think of one. Three queries."""
    cells: dict[int | None, Voices] = defaultdict(Voices)
    sources: dict[str, Voices] = defaultdict(Voices)
    for zone, source, voices in (*online(initiative), *counted(initiative)):
        cells[zone] += voices
        sources[source] += voices
    zones = [ZoneSupport(zone, cells[zone.pk]) for zone in initiative.zones.all()]
    return Support(sum(cells.values(), Voices()), zones, cells[None], dict(sources))


def online(initiative: Initiative) -> Iterable[tuple[int | None, str, Voices]]:
    names = {Says.FOR: "says_for", Says.AGAINST: "against", Says.NEUTRAL: "neutral"}
    for zone, says, number in initiative.opinions.order_by().values_list("zone", "says").annotate(Count("pk")):
        yield zone, ONLINE, Voices(**{names[says]: number})


def counted(initiative: Initiative) -> Iterable[tuple[int | None, str, Voices]]:
    rows = initiative.evidence.filter(stage=EvidenceStage.COUNTED).order_by().values_list("zone", "evidence_kind")
    for zone, kind, *numbers in rows.annotate(Sum("says_for"), Sum("says_against"), Sum("says_neutral")):
        yield zone, kind, Voices(*numbers)


@dataclass(frozen=True)
class Seen:
    """What everybody may see, the people of the plan too. `voices` is None while there are too few: then only `total` is shown.

    `zones` is empty where a part would give away a neighbour; `asked` are all zones, with their rules.
    """

    total: int
    voices: Voices | None
    zones: list[ZoneSupport]
    asked: list[Zone]


def seen_of(support: Support) -> Seen:
    """What may be shown of it without giving away who is against."""
    parts = [zone.total for zone in support.zones]
    split = may_split(support.against, [*parts, support.elsewhere.total])
    return Seen(
        total=support.total,
        voices=support.voices if support.total >= FEWEST_TO_SHOW else None,
        zones=[zone for zone in support.zones if zone.total] if split else [],
        asked=[zone.zone for zone in support.zones],
    )
