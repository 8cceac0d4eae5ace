"""Something that fits badly, as the machine sees it today."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seen:
    """A finding before it is stored. `key` is the same tomorrow; `facts` hold no name or address of anybody."""

    kind: str
    key: str
    area: int | None = None
    challenge: int | None = None
    things: tuple[str, ...] = ()
    facts: dict = field(default_factory=dict)
