"""What the neighbours think, as the pages of an initiative show it."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.concerns import read_concerns
from buurtdraad.initiatives.queries.support import Seen, Voices, seen_of, support_of
from buurtdraad.initiatives.states import Says
from buurtdraad.ui.charts import bar


def bars(voices: Voices) -> SafeString:
    """Three lying bars with their numbers, and the same in a sentence for who cannot see them."""
    told = {"says_for": voices.says_for, "against": voices.against, "neutral": voices.neutral}
    sentence = _("%(says_for)s in favour, %(against)s against, %(neutral)s without an opinion.") % told
    rows: list[tuple[str, float | None]] = [
        (str(Says.FOR.label), voices.says_for), (str(Says.AGAINST.label), voices.against), (str(Says.NEUTRAL.label), voices.neutral),
    ]  # fmt: skip
    return bar(rows, sentence=sentence, whole=voices.total)


def what_neighbours_think(initiative: Initiative) -> dict[str, Any]:
    """For the parts `support_part.html` and `concerns_part.html`. Four queries."""
    return {
        "support": (seen := seen_of(support_of(initiative))),
        "support_bars": bars_of(seen),
        "concerns": list(read_concerns(initiative)),
    }


def bars_of(seen: Seen) -> SafeString | str:
    return bars(seen.voices) if seen.voices else ""
