"""Samples of the addresses of a report to the council, for `tests.access`: a draft, and one that is published."""

import datetime
from typing import Any

from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.reports.actions import reviewing
from buurtdraad.reports.actions.drafting import draft
from buurtdraad.reports.models import Sentence

PLACE = "BU03440241"
DAY = datetime.timedelta(days=1)
MARK = "wensen-op-tijd"
OF_DRAFT = ("draft", "draft_numbers", "draft_pdf", "draft_docx", "draft_again", "report_step")
OF_PUBLISHED = ("report", "report_pdf", "report_docx", "report_json", "report_codebook", "report_figures", "correct")


def report_samples(people: dict[str, Person], at: datetime.datetime) -> dict[str, Any]:
    """Their addresses by name."""
    by, today = system_person("access_table"), timezone.localdate(at)
    made = draft(from_on=today - 100 * DAY, until_on=today, by=by, at=at)
    sentence = Sentence.objects.filter(section__report=made).first()
    assert sentence
    remark = reviewing.remark(sentence.section, "Why?", by=by, at=at)
    told = draft(from_on=today - 300 * DAY, until_on=today - 101 * DAY, by=by, at=at)
    reviewing.send_to_read(told, by=by, at=at)
    reviewing.say_read(told, by=people[Duty.AREA_MANAGER.value], at=at)
    reviewing.approve(told, by=people[Duty.PROGRAMME_MANAGER.value], at=at)
    reviewing.publish(told, by=by, at=at)
    of_draft = {"slug": made.slug}
    return {
        **{f"reports:{name}": made.slug for name in OF_DRAFT},
        **{f"reports:{name}": told.slug for name in OF_PUBLISHED},
        "reports:figure": {"slug": told.slug, "mark": MARK},
        "reports:figure_csv": {"slug": told.slug, "mark": MARK},
        "reports:report_list": {"slug": told.slug, "name": "wensen"},
        "reports:draft_figure": of_draft | {"mark": MARK},
        "reports:sentence": of_draft | {"pk": sentence.pk},
        "reports:sentence_deed": of_draft | {"pk": sentence.pk},
        "reports:add_sentence": of_draft | {"pk": sentence.section_id},
        "reports:remark": of_draft | {"pk": sentence.section_id},
        "reports:remark_done": of_draft | {"pk": remark.pk},
        "reports:brief": PLACE,
        "reports:brief_pdf": PLACE,
    }
