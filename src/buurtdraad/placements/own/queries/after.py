"""What somebody has here after a placement: what they kept for themselves, told, thanked for and see to."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.placements.models import Lesson, Placement, Reflection, SimplerRule, Thanks
from buurtdraad.placements.queries import after
from buurtdraad.placements.queries.lessons import late
from buurtdraad.ui.rows import Row

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset({"placements.Lesson.writer", "placements.SimplerRule.owner"})


# --- lines for `/mijn/` -----------------------------------------------------------------------------


def waiting_rows(person: Person) -> list[Row]:
    """What asks for this person: to look back, a lesson that came back, a rule that they see to. Three queries."""
    to_do = [
        Row(_("You were at %(host)s: look back") % {"host": one.shift.host.name}, reverse("placements:look_back", args=[one.uuid]))
        for one in after.still_to_look_back(person, timezone.now())
    ]
    back = [
        Row(_("Your lesson came back: change it"), reverse("placements:change_lesson", args=[lesson.uuid]))
        for lesson in after.given_back(person)
    ]
    return [*to_do, *back, *(rule_row(rule) for rule in after.rules_of(person))]


def rule_row(rule: SimplerRule) -> Row:
    day = date_format(rule.due_on, "j F Y") if rule.due_on else ""
    state = _("late: it was to be done on %(day)s") if late(rule, timezone.localdate()) else _("no later than %(day)s")
    return Row(
        _("You see to this rule: %(rule)s") % {"rule": rule.rule}, reverse("placements:rule", args=[rule.uuid]), state % {"day": day}
    )


def looked_back_on(person: Person) -> QuerySet[Placement]:
    return after.looked_back_on(person)


def looked_back_row(placement: Placement) -> Row:
    """One placement at which they were, and what they did afterwards."""
    done = {"reflected": _("reflection kept"), "told": _("lesson shared"), "thanked": _("host thanked")}
    state = ", ".join(words for name, words in done.items() if getattr(placement, name)) or _("look back, share, thank")
    path = reverse("placements:look_back", args=[placement.uuid])
    return Row(placement.shift.host.name, path, state, placement.shift.starts_at)


def lessons_by(person: Person) -> QuerySet[Lesson]:
    return Lesson.objects.filter(writer=person).order_by("-made_at", "-id")


def lesson_row(lesson: Lesson) -> Row:
    return Row(lesson.text, reverse("placements:my_lesson", args=[lesson.uuid]), lesson.get_stage_display(), lesson.made_at)


# --- to take along ----------------------------------------------------------------------------------


def personal_data(person: Person) -> dict:
    """All that somebody kept, told, thanked for and sees to; nothing for who has none of it. Answers without a name are nobody's."""
    found = {
        "terugblikken": [
            {"waar": one.placement.shift.host.name, "tekst": one.words, "geschreven op": one.at}
            for one in Reflection.objects.filter(placement__person=person).select_related("placement__shift__host")
        ],
        "bedankjes": [
            {"waar": one.placement.shift.host.name, "tekst": one.words, "verstuurd op": one.at}
            for one in Thanks.objects.filter(placement__person=person).select_related("placement__shift__host")
        ],
        "lessen": [of_lesson(one) for one in lessons_by(person).select_related("area", "rule")],
        "regels": [
            {"regel": one.rule, "stand": one.get_stage_display(), "klaar op": one.due_on, "wat ervan kwam": one.what_came}
            for one in SimplerRule.objects.filter(owner=person)
        ],
    }
    return {name: rows for name, rows in found.items() if rows}


def of_lesson(lesson: Lesson) -> dict:
    rule = getattr(lesson, "rule", None)
    return {
        "openbaar nummer": lesson.uuid,
        "tekst": lesson.text,
        "onderwerp": lesson.get_theme_display(),
        "gebied": lesson.area.code if lesson.area else "",
        "afdeling": lesson.department,
        "stand": lesson.get_stage_display(),
        "waarom terug": lesson.why_back,
        "regel": rule.rule if rule else "",
        "voorstel": rule.proposal if rule else "",
        "verteld op": lesson.made_at,
        "gedeeld op": lesson.shared_at,
    }
