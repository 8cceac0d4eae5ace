"""The chapters of an ambition, of what was learned, and of an area."""

from collections import defaultdict
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.agendas.agenda.models import AgendaVersion
from buurtdraad.challenges.models import Ambition
from buurtdraad.reports.queries.drafted.pen import Chapter, Line, Pen, day, plain
from buurtdraad.reports.queries.drafted.whole import MOST_NAMED
from buurtdraad.reports.queries.figures import Row
from buurtdraad.reports.states import Part, SectionKind
from buurtdraad.works.models import Work


def ambitions(pen: Pen) -> list[Chapter]:
    """A chapter for each ambition in force at the end of the period: what we wanted, did, see and learned."""
    found = Ambition.objects.on(pen.counting.period.until_on).order_by("number", "code")
    learned = lessons_of_works(pen)
    return [
        Chapter(
            SectionKind.AMBITION, one.name,
            [*intended(pen, one), *done(pen, one), *seen(pen, one), *lessons_of(learned[one.code])], one.code,
        )
        for one in found
    ]  # fmt: skip


def intended(pen: Pen, one: Ambition) -> list[Line]:
    rows = [row for row in pen.counting.rows("beloften") if row.ambition == one.code]
    marks = {"all": pen.mark("beloften", ambition=one.code), "done": pen.mark("beloften-klaar", ambition=one.code)}
    head = Line("promises", _("We promised %(all)s things for this period. %(done)s of them are done.") % marks, Part.INTENDED)
    return [*pen.said(head, "beloften", ambition=one.code), *(promise(row) for row in rows)]


def promise(row: Row) -> Line:
    said = {"what": plain(row.words), "day": day(row), "told": plain(row.note)}
    if "klaar" in row.tags:
        text = _("Promised and done on %(day)s: %(what)s.")
    elif said["told"]:
        text = _("Promised for %(day)s: %(what)s. %(told)s.")
    else:
        text = _("Promised for %(day)s: %(what)s.")
    return Line(row.reference, text % said, Part.INTENDED)


def done(pen: Pen, one: Ambition) -> list[Line]:
    by = {"ambition": one.code}
    marks = {
        "agreements": pen.mark("afspraken-klaar", **by), "works": pen.mark("werken-klaar", **by),
        "plans": pen.mark("initiatieven-klaar", **by),
    }  # fmt: skip
    head = _("%(agreements)s agreements, %(works)s projects and %(plans)s plans of residents are done.") % marks
    rows = [row for name in ("afspraken-klaar", "werken-klaar", "initiatieven-klaar") for row in pen.behind(name, **by)]
    named = (
        Line(row.reference, _("Done: %(what)s (%(place)s).") % {"what": plain(row.words), "place": pen.place(row)}, Part.DONE)
        for row in islice(rows, MOST_NAMED)
    )
    return [*pen.said(Line("done", head, Part.DONE), "afspraken-klaar", "werken-klaar", "initiatieven-klaar", **by), *named]


def seen(pen: Pen, one: Ambition) -> list[Line]:
    """What figures say. Never that what we did caused them."""
    by = {"ambition": one.code}
    works = {"back": pen.mark("werken-uit-buurt", **by), "all": pen.mark("werken", **by)}
    waiting = {"open": pen.mark("werken-open", **by), "confirmed": pen.mark("werken-bevestigd", **by)}
    late = {"agreements": pen.mark("afspraken", **by), "late": pen.mark("afspraken-te-laat", **by)}
    return [
        *pen.said(
            Line("topics", _("%(topics)s topics of agendas belong to this.") % {"topics": pen.mark("onderwerpen", **by)}, Part.SEEN),
            "onderwerpen",
            **by,
        ),
        *pen.said(Line("late", _("Of the %(agreements)s agreements %(late)s are past their day.") % late, Part.SEEN), "afspraken", **by),
        *pen.said(
            Line("back", _("Of the %(all)s projects %(back)s answer a wish, topic or agreement.") % works, Part.SEEN), "werken", **by
        ),
        *pen.said(
            Line("confirmed", _("Of the %(open)s open projects %(confirmed)s were confirmed within two months.") % waiting, Part.SEEN),
            "werken-open",
            **by,
        ),
    ]


def lessons_of_works(pen: Pen) -> dict[str, list[Work]]:
    """Lessons on public sheets that were done in the period or are open, by ambition."""
    period = pen.counting.period
    found = Work.objects.public().exclude(lesson="").filter(challenge__isnull=False, made_at__date__lte=period.day)
    found = found.filter(Q(done_on__isnull=True) | Q(done_on__range=(period.from_on, period.day)))
    grouped: dict[str, list[Work]] = defaultdict(list)
    for work in found.select_related("challenge__ambition").order_by("pk"):
        grouped[work.challenge.ambition.code].append(work)  # type: ignore[union-attr]
    return grouped


def lessons_of(works: list[Work]) -> list[Line]:
    return [
        Line(
            f"lesson-{work.pk}",
            _("At %(work)s we learned: %(lesson)s.") % {"work": plain(work.title), "lesson": plain(work.lesson)},
            Part.LEARNED,
        )
        for work in works[:MOST_NAMED]
    ]


def learned(pen: Pen) -> Chapter:
    """Lessons of short placements, of the working method and of agendas."""
    marks = {"placements": pen.mark("meelopen"), "times": pen.mark("meelopers"), "lessons": pen.mark("lessen")}
    lines = [
        *pen.said(Line("placements", _("Colleagues took part %(times)s times in %(placements)s short placements.") % marks), "meelopen"),
        Line("lessons", _("%(lessons)s lessons were written down and shared.") % marks),
        *(Line(row.reference, _("Lesson: %(words)s.") % {"words": plain(row.words)}) for row in pen.behind("lessen")[:MOST_NAMED]),
        *lessons_of_agendas(pen),
        *pen.said(
            Line("steps", _("Areas finished %(steps)s steps of our working method.") % {"steps": pen.mark("stappen-gezet")}),
            "stappen-gezet",
        ),
    ]
    return Chapter(SectionKind.LEARNED, str(SectionKind.LEARNED.label), lines)


def lessons_of_agendas(pen: Pen) -> list[Line]:
    period = pen.counting.period
    found = AgendaVersion.objects.public().exclude(lesson="").filter(valid_from__lte=period.day, adopted_at__date__gte=period.from_on)
    return [
        Line(
            f"agenda-{one.area.code}-{one.number}",
            _("The agenda of %(place)s taught us: %(lesson)s.")
            % {"place": pen.names.get(one.area.code, one.area.code), "lesson": plain(one.lesson)},
        )
        for one in found.select_related("area").order_by("area__code", "number")
    ]


def areas(pen: Pen, codes: list[str]) -> list[Chapter]:
    """A page for each area."""
    return [Chapter(SectionKind.AREA, pen.names.get(code, code), of_area(pen, code), code) for code in codes]


def of_area(pen: Pen, code: str) -> list[Line]:
    def mark(name: str) -> str:
        return pen.mark(name, area=code)

    place = pen.names.get(code, code)
    counted = ("wensen", "wensen-te-laat", "wensen-met-tijd", "afspraken-gestopt")
    wishes, late, waiting, gone = (pen.number(name, area=code) for name in counted)
    titles = [plain(row.words) for row in pen.behind("onderwerpen", area=code)]
    told = ngettext("In %(place)s people told %(wishes)s wish.", "In %(place)s people told %(wishes)s wishes.", wishes)
    too_late = ngettext("%(late)s answer came later than promised.", "%(late)s answers came later than promised.", late)
    has_time = ngettext("%(n)s wish still has time for an answer.", "%(n)s wishes still have time for an answer.", waiting)
    stopped = ngettext("%(n)s agreement stopped.", "%(n)s agreements stopped.", gone)
    in_time = {"place": place, "in_time": mark("wensen-op-tijd"), "due": mark("wensen-aan-de-beurt")}
    agreed = {
        name: mark(f"afspraken-{word}") for name, word in (("done", "klaar"), ("busy", "bezig"), ("later", "later"), ("to_do", "te-doen"))
    }
    met = {"meetings": mark("bijeenkomsten"), "visits": mark("bezoekers")}
    works = {"works": mark("werken"), "done": mark("werken-klaar"), "late": mark("werken-te-laat")}
    money = {"promised": mark("geld-beloofd"), "paid": mark("geld-betaald")}
    return [
        Line("wishes", told % {"place": place, "wishes": mark("wensen")}),
        Line("answers", _("In %(place)s %(in_time)s of the %(due)s wishes got an answer in time.") % in_time),
        *([Line("late", too_late % {"late": mark("wensen-te-laat")})] if late else []),
        *([Line("waiting", has_time % {"n": mark("wensen-met-tijd")})] if waiting else []),
        *([Line("topics", topics_in_words(pen, code, titles))] if titles else []),
        *pen.said(Line("agreements", _("There are %(all)s agreements here.") % {"all": mark("afspraken")}), "afspraken", area=code),
        *pen.said(
            Line("stages", _("The agreements: %(done)s done, %(busy)s under way, %(later)s later and %(to_do)s still to do.") % agreed),
            "afspraken",
            area=code,
        ),
        *([Line("stopped", stopped % {"n": mark("afspraken-gestopt")})] if gone else []),
        *pen.said(Line("plans", _("Residents have %(plans)s plans here.") % {"plans": mark("initiatieven")}), "initiatieven", area=code),
        *pen.said(
            Line("meetings", _("There were %(meetings)s meetings, with at least %(visits)s visits.") % met), "bijeenkomsten", area=code
        ),
        *pen.said(
            Line("works", _("The municipality has %(works)s projects here: %(done)s done, %(late)s past their day.") % works),
            "werken",
            area=code,
        ),
        *pen.said(
            Line("money", _("Pots promised %(promised)s here, and paid %(paid)s.") % money), "geld-beloofd", "geld-betaald", area=code
        ),
    ]


def topics_in_words(pen: Pen, code: str, titles: list[str]) -> str:
    said = {"topics": pen.mark("onderwerpen", area=code), "which": "; ".join(titles)}
    return ngettext("The agenda has %(topics)s topic: %(which)s.", "The agenda has %(topics)s topics: %(which)s.", len(titles)) % said
