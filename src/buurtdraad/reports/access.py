"""Staff see the overview and act on findings in their areas; everybody sees numbers."""

from buurtdraad.accounts.access import Someone, areas_of, duty_for, has_duty, with_duty
from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.reports.models import Finding, Report
from buurtdraad.reports.states import ReportStage

READING = tuple(sorted(STAFF))
ACTING = (Duty.AREA_ADVISER, Duty.AREA_MANAGER, Duty.PROGRAMME_MANAGER)
READER = with_duty(*READING)
ACTOR = with_duty(*ACTING)


def duty_of(person: Someone) -> str:
    """From which duty somebody acts here, for the record."""
    return duty_for(person, *ACTING, *READING)


def may_act_in(person: Someone, code: str) -> bool:
    """Who works in this area."""
    return code in areas_of(person, *ACTING)


def may_act_on(person: Someone, finding: Finding) -> bool:
    """Who works in its area; without an area the programme manager."""
    reach = areas_of(person, *ACTING)
    return reach.everywhere or bool(finding.area and finding.area.code in reach.codes)


# --- the report to the council -----------------------------------------------------------------------

WRITING = (Duty.PROGRAMME_MANAGER,)
REVIEWING = tuple(sorted(STAFF))
APPROVING = (Duty.ALDERMAN,)
WRITER = with_duty(*WRITING)
REVIEWER = with_duty(*REVIEWING, *APPROVING)
APPROVER = with_duty(*APPROVING)
CHANGING = frozenset({ReportStage.DRAFT, ReportStage.REVIEW})


def duty_to_write(person: Someone) -> str:
    """From which duty somebody works on a report, for the record."""
    return duty_for(person, *WRITING, *APPROVING, *REVIEWING)


def may_write(person: Someone, report: Report) -> bool:
    """Change sentences: until the report is approved."""
    return report.stage in CHANGING and has_duty(person, *WRITING)


def may_remark(person: Someone, report: Report) -> bool:
    """Who reads along says what they think."""
    return report.stage in CHANGING and has_duty(person, *REVIEWING, *APPROVING)


def may_say_read(person: Someone, report: Report) -> bool:
    """A second pair of eyes: anybody of the staff but who made it."""
    return report.stage == ReportStage.REVIEW and has_duty(person, *REVIEWING) and getattr(person, "uuid", None) != report.made_by


def may_approve(person: Someone, report: Report) -> bool:
    """Who answers for it to the council, when another read it; never who made it."""
    waits = report.stage == ReportStage.REVIEW and report.reviewed_by is not None
    return waits and has_duty(person, *APPROVING) and getattr(person, "uuid", None) != report.made_by


def may_take_back(person: Someone, report: Report) -> bool:
    """Undo the approval, as long as it is not published."""
    return report.stage == ReportStage.APPROVED and has_duty(person, *WRITING, *APPROVING)


def may_publish(person: Someone, report: Report) -> bool:
    return report.stage == ReportStage.APPROVED and has_duty(person, *WRITING)


def may_correct(person: Someone, report: Report) -> bool:
    """Add an erratum."""
    return report.stage == ReportStage.PUBLISHED and has_duty(person, *WRITING)


def may_remove(person: Someone, report: Report) -> bool:
    """Throw a draft away that nobody read yet."""
    return report.stage == ReportStage.DRAFT and has_duty(person, *WRITING)
