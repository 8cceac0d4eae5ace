"""The count as a picture: each chosen plan is a stair further into the money, and the last one is what was left."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtdraad.budgets.queries.explaining import CountStory, Step
from buurtdraad.ui.charts import shortened, two
from buurtdraad.ui.euros import euros

ROW = 52  # pixels of one stair with its label
LONGEST = 40  # characters of a title


def staircase(story: CountStory) -> SafeString:
    """A stair a plan, from what the plans before it cost to what it cost with them, in the width of the budget. Empty without a plan."""
    if not story.steps or not story.budget:
        return SafeString("")
    rows = [stair(place, step, story) for place, step in enumerate(story.steps)]
    left = story.steps[-1].left
    if left > 0:
        spent = story.budget - left
        rows.append(row(len(rows), _("Left over"), euros(left), share(spent, story), share(left, story), own=False))
    sentence = _("Plan after plan the money is spent, until nothing more fits. The list below says the same in words.")
    return format_html(
        '<svg class="buurt-bars" width="100%" height="{}" role="img" aria-label="{}">{}</svg>',
        ROW * len(rows), sentence, format_html_join("", "{}", ((one,) for one in rows)),
    )  # fmt: skip


def stair(place: int, step: Step, story: CountStory) -> SafeString:
    start = story.budget - step.before
    return row(place, f"{place + 1}. {step.title}", euros(step.amount), share(start, story), share(step.amount, story), own=True)


def share(amount, story: CountStory) -> float:
    return float(min(100, 100 * amount / story.budget))


def row(place: int, name: str, text: str, start: float, width: float, *, own: bool) -> SafeString:
    top = place * ROW
    return format_html(
        '<rect class="buurt-bars__track" x="0" y="{0}" width="100%" height="16" rx="3"/>'
        '<rect class="buurt-bars__bar{1}" x="{2}%" y="{0}" width="{3}%" height="16" rx="3"/>'
        '<text class="buurt-bars__label" x="0" y="{4}">{5}</text>'
        '<text class="buurt-bars__value" x="100%" y="{4}" text-anchor="end">{6}</text>',
        top + 26, " buurt-bars__bar--own" if own else "", two(start), two(max(width, 0.4)), top + 18, shortened(name, LONGEST), text,
    )  # fmt: skip
