"""Versions of the method: loaded once, written as a draft beside what is in use, and then in use."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.audit.models import Event
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tests.hostile_files import PDF
from buurtdraad.lib.uploads import keeping
from buurtdraad.lib.uploads.documents import CheckedDocument
from buurtdraad.method.actions import checks, documents
from buurtdraad.method.actions import versions as actions
from buurtdraad.method.actions.records import NotWritten
from buurtdraad.method.models import ExitCheck, Lesson, MethodStep, MethodVersion, StepTemplate
from buurtdraad.method.queries.versions import asks_for, difference, draft, in_use, version_of
from buurtdraad.method.states import VERSION_MOVES, LessonStage, Measure, VersionStage

pytestmark = pytest.mark.django_db
SEVEN = [
    "signaleren", "foto-van-de-wijk", "samen-kiezen", "plannen", "uitvoeren", "volgen-en-terugvertellen", "leren-en-vernieuwen",
]  # fmt: skip


@pytest.fixture
def deed(noor):
    """Who does it, and when."""
    return {"by": noor, "at": timezone.now()}


@pytest.fixture
def first(deed):
    return actions.load_first(**deed)


@pytest.fixture
def next_one(first, deed):
    return actions.draft_next(**deed)


@pytest.fixture
def add_document(settings, tmp_path, deed):
    settings.BUURTDRAAD_HOME = tmp_path

    def add(step, title="Brief aan de buurt"):
        return documents.add_template(step, title=title, document=CheckedDocument("pdf", PDF), name="brief.pdf", **deed)

    return add


def keys(version):
    return list(version.steps.order_by("number").values_list("key", flat=True))


def numbers(version):
    return list(version.steps.order_by("number").values_list("number", flat=True))


def step_of(version, key):
    return MethodStep.objects.select_related("version").get(version=version, key=key)


# --- the first one ------------------------------------------------------------------------------------


def test_the_method_of_seven_steps_is_loaded_once(areas):
    call_command("load_method")
    call_command("load_method")
    version = in_use()
    assert (keys(version), numbers(version)) == (SEVEN, [1, 2, 3, 4, 5, 6, 7])
    assert Event.objects.filter(verb="method.loaded").count() == 1
    chosen = ExitCheck.objects.get(step__version=version, measure=Measure.TOPICS_CHOSEN)
    answered = ExitCheck.objects.filter(step__version=version, measure=Measure.WISHES_ANSWERED).first()
    assert (chosen.step.key, chosen.at_least, answered.at_least) == ("samen-kiezen", 3, 100)


def test_each_step_of_the_first_method_says_all_that_a_step_can_say(first):
    for step in first.steps.all():
        step.full_clean()
        assert all([step.for_residents, step.questions, step.examples, step.who, step.how_long]), step.key
        assert step.checks.count() >= 2
        for check in step.checks.all():
            check.full_clean()


def test_where_there_is_a_method_loading_leaves_it_alone(next_one, deed):
    assert actions.load_first(**deed).number == 1
    assert MethodVersion.objects.count() == 2


def test_the_first_method_drops_the_public_page_from_the_cache(first):
    assert Event.objects.get(verb="method.loaded").touches == ["GM0344"]


# --- a draft ------------------------------------------------------------------------------------------


def test_a_draft_begins_with_all_of_the_version_before(first, deed, add_document):
    second = actions.draft_next(**deed)
    document = add_document(step_of(second, "plannen"))
    actions.put_in_use(second, **deed)
    third = actions.draft_next(**deed)
    assert difference(version_of(2), draft()) == []
    assert list(document.steps.values_list("version", flat=True)) == [second.pk, third.pk]
    assert (third.number, third.name, third.stage) == (3, first.name, VersionStage.DRAFT)


def test_there_is_one_draft_at_a_time(next_one, deed):
    assert actions.draft_next(**deed) == next_one
    assert Event.objects.filter(verb="method.drafted").count() == 1


def test_in_a_city_without_a_method_the_first_draft_is_empty(deed):
    made = actions.draft_next(**deed)
    assert (made.number, keys(made)) == (1, [])
    with pytest.raises(NotWritten):
        actions.put_in_use(made, **deed)


def test_what_was_in_use_is_never_written(first, next_one, deed):
    step = step_of(first, "signaleren")
    deeds = [
        lambda: actions.change_version(first, name="Anders", **deed),
        lambda: actions.throw_away(first, **deed),
        lambda: actions.put_in_use(first, **deed),
        lambda: actions.add_step(first, name="Anders", purpose="Anders", **deed),
        lambda: actions.change_step(step, name="Anders", **deed),
        lambda: actions.move_step(step, up=False, **deed),
        lambda: actions.take_out(step, **deed),
        lambda: checks.add_check(step, text="Anders", **deed),
        lambda: checks.change_check(step.checks.first(), text="Anders", **deed),
        lambda: checks.take_out_check(step.checks.first(), **deed),
    ]
    before = Event.objects.count()
    for each in deeds:
        with pytest.raises(NotWritten):
            each()
    assert Event.objects.count() == before
    assert difference(in_use(), draft()) == []


def test_a_document_that_is_refused_leaves_no_file(first, add_document):
    with pytest.raises(NotWritten):
        add_document(step_of(first, "signaleren"))
    assert not list(keeping.folder().glob("??/*"))


def test_a_step_keeps_its_key_under_another_name(next_one, deed):
    actions.change_step(step_of(next_one, "plannen"), name="Afspreken", **deed)
    assert keys(next_one) == SEVEN
    [change] = difference(in_use(), draft())
    assert (change.how, change.step.name, change.before.name, change.moved) == ("changed", "Afspreken", "Plannen", False)
    assert [(part.before, part.after) for part in change.parts] == [(["Plannen"], ["Afspreken"])]


def test_what_is_so_already_is_not_recorded_again(next_one, deed):
    actions.change_step(step_of(next_one, "plannen"), name="Plannen", **deed)
    actions.change_version(next_one, name=next_one.name, **deed)
    assert not Event.objects.filter(verb__in=["method.step_changed", "method.changed"]).exists()


def test_a_new_step_never_takes_the_key_of_another(next_one, deed):
    actions.take_out(step_of(next_one, "plannen"), **deed)
    made = actions.add_step(next_one, name="Plannen", purpose="Opnieuw", **deed)
    assert (made.key, made.number) == ("plannen-2", 7)
    assert {(change.how, change.step.key) for change in difference(in_use(), draft())} == {("new", "plannen-2"), ("gone", "plannen")}


def test_a_step_of_signs_alone_gets_a_key_too(next_one, deed):
    assert actions.add_step(next_one, name="???", purpose="?", **deed).key == "stap"
    assert checks.add_check(step_of(next_one, "stap"), text="!!!", **deed).key == "controle"


def test_steps_move_up_and_down_and_stop_at_the_ends(next_one, deed):
    second = SEVEN[1]
    actions.move_step(step_of(next_one, second), up=True, **deed)
    assert keys(next_one)[:3] == [SEVEN[1], SEVEN[0], SEVEN[2]]
    actions.move_step(step_of(next_one, second), up=True, **deed)
    actions.move_step(step_of(next_one, SEVEN[6]), up=False, **deed)
    assert (keys(next_one)[0], keys(next_one)[6]) == (second, SEVEN[6])
    moved = difference(in_use(), draft())
    assert [change.moved for change in moved] == [True]
    actions.move_step(step_of(next_one, second), up=False, **deed)
    assert difference(in_use(), draft()) == []


def test_a_step_that_is_taken_out_leaves_no_gap_and_can_be_put_back(first, next_one, deed):
    actions.take_out(step_of(next_one, "samen-kiezen"), **deed)
    assert numbers(next_one) == [1, 2, 3, 4, 5, 6]
    [change] = difference(in_use(), draft())
    assert (change.how, change.step.key) == ("gone", "samen-kiezen")
    actions.put_back(next_one, step_of(first, "samen-kiezen"), **deed)
    actions.put_back(next_one, step_of(first, "samen-kiezen"), **deed)
    assert difference(in_use(), draft()) == []


def test_moving_a_step_that_somebody_took_out_does_nothing(next_one, deed):
    step = step_of(next_one, "plannen")
    actions.take_out(step, **deed)
    actions.move_step(step, up=True, **deed)
    assert numbers(next_one) == [1, 2, 3, 4, 5, 6]


def test_checks_are_added_changed_and_taken_out(next_one, deed):
    step = step_of(next_one, "plannen")
    there = step.checks.count()
    made = checks.add_check(step, text="Er zijn afspraken klaar", measure=Measure.AGREEMENTS_DONE, at_least=2, **deed)
    assert (made.key, made.number) == ("er-zijn-afspraken-klaar", there + 1)
    assert "2" in asks_for(made)
    checks.change_check(made, text="Iemand zegt dat het klopt", measure="", at_least=None, **deed)
    made.refresh_from_db()
    assert (made.key, asks_for(made)) == ("er-zijn-afspraken-klaar", "Iemand zegt dat het klopt")
    assert [part.label for part in difference(in_use(), draft())[0].parts] == ["Wat er moet zijn om verder te gaan"]
    checks.take_out_check(made, **deed)
    assert difference(in_use(), draft()) == []


# --- documents ----------------------------------------------------------------------------------------


def test_a_document_stays_as_long_as_one_version_has_it(first, deed, add_document, django_capture_on_commit_callbacks):
    second = actions.draft_next(**deed)
    document = add_document(step_of(second, "plannen"))
    actions.put_in_use(second, **deed)
    third = actions.draft_next(**deed)
    with django_capture_on_commit_callbacks(execute=True):
        documents.take_out_template(document, step_of(third, "plannen"), **deed)
    assert (StepTemplate.objects.get().given_by, keeping.place(document.key).is_dir()) == (None, True)
    assert [part.before for part in difference(in_use(), draft())[0].parts] == [["Brief aan de buurt"]]


@pytest.mark.parametrize("way", ["document", "step", "draft"])
def test_a_document_that_no_version_has_any_more_is_destroyed(next_one, deed, add_document, django_capture_on_commit_callbacks, way):
    step = step_of(next_one, "plannen")
    document = add_document(step)
    with django_capture_on_commit_callbacks(execute=True):
        match way:
            case "document":
                documents.take_out_template(document, step, **deed)
            case "step":
                actions.take_out(step, **deed)
            case "draft":
                actions.throw_away(next_one, **deed)
    assert not StepTemplate.objects.exists()
    assert not keeping.place(document.key).exists()


# --- in use -------------------------------------------------------------------------------------------


def test_a_version_in_use_follows_the_one_before(first, next_one, deed):
    actions.put_in_use(next_one, what_is_new="Wij noemen het anders.", **deed)
    first.refresh_from_db()
    assert (first.stage, in_use().number, in_use().what_is_new) == (VersionStage.FOLLOWED, 2, "Wij noemen het anders.")
    assert Event.objects.get(verb="method.put_in_use").touches == ["GM0344"]
    assert draft() is None


def test_lessons_of_a_draft_are_part_of_the_method_when_it_is_in_use(next_one, deed):
    facts = {"happened": "Te laat", "next_time": "Eerder", "stage": LessonStage.PROPOSED, "version": next_one, "at": deed["at"]}
    lesson = Lesson.objects.create(**facts)
    actions.put_in_use(next_one, **deed)
    lesson.refresh_from_db()
    assert lesson.stage == LessonStage.TAKEN


def test_lessons_of_a_draft_that_is_thrown_away_are_open_again(next_one, deed):
    facts = {"happened": "Te laat", "next_time": "Eerder", "stage": LessonStage.PROPOSED, "version": next_one, "at": deed["at"]}
    lesson = Lesson.objects.create(**facts)
    actions.throw_away(next_one, **deed)
    lesson.refresh_from_db()
    assert (lesson.stage, lesson.version) == (LessonStage.OPEN, None)
    assert Event.objects.get(verb="method.thrown_away").payload == {"lessons": [str(lesson.uuid)]}
    assert actions.draft_next(**deed).number == 2


def test_the_table_of_moves_names_every_stage():
    assert set(VERSION_MOVES) == set(VersionStage)


@pytest.mark.django_db(transaction=True)
def test_ten_who_begin_a_draft_at_once_have_one(areas):
    by = system_person("test")
    actions.load_first(by=by, at=timezone.now())
    made = together(10, lambda: actions.draft_next(by=by, at=timezone.now()).pk)
    assert len(set(made)) == 1
    assert numbers(MethodVersion.objects.get(number=2)) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.django_db(transaction=True)
def test_ten_who_load_the_first_method_at_once_have_one(areas):
    by = system_person("test")
    together(10, lambda: actions.load_first(by=by, at=timezone.now()).pk)
    assert MethodStep.objects.count() == 7


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_put_a_version_in_use_at_once_one_succeeds(areas):
    by = system_person("test")
    actions.load_first(by=by, at=timezone.now())
    version = actions.draft_next(by=by, at=timezone.now())
    said = together(10, lambda: actions.put_in_use(version, by=by, at=timezone.now()))
    assert (said.count(None), said.count("refused")) == (1, 9)
    assert Event.objects.filter(verb="method.put_in_use").count() == 1


def together(number, deed):
    """What each of so many at once got; "refused" where a rule said no."""

    def once(_each):
        try:
            return deed()
        except Refused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(once, range(number)))


# --- what is never stored -----------------------------------------------------------------------------


def version(number=9, **facts):
    return MethodVersion.objects.create(**{"number": number, "name": "Zo", "made_at": timezone.now()} | facts)


def step(of, **facts):
    return MethodStep.objects.create(**{"version": of, "number": 1, "key": "a", "name": "A", "purpose": "A"} | facts)


def check(of, **facts):
    return ExitCheck.objects.create(**{"step": of, "number": 1, "key": "a", "text": "A"} | facts)


TODAY = timezone.localdate()
NEVER = {
    "one_method_in_use": lambda: [version(n, stage=VersionStage.IN_USE, in_use_on=TODAY) for n in (8, 9)],
    "one_draft_of_the_method": lambda: [version(8), version(9)],
    "method_has_a_name": lambda: version(name=""),
    "method_in_use_says_since_when": lambda: version(stage=VersionStage.IN_USE),
    "method_methodversion_number_key": lambda: [version(), version(stage=VersionStage.FOLLOWED, in_use_on=TODAY)],
    "method_step_number_once": lambda: [step(of := version()), step(of, key="b")],
    "method_step_key_once": lambda: [step(of := version()), step(of, number=2)],
    "method_step_has_name_and_purpose": lambda: step(version(), purpose=""),
    "method_step_takes_some_weeks": lambda: step(version(), weeks_least=3, weeks_most=2),
    "exit_check_key_once": lambda: [check(of := step(version())), check(of)],
    "exit_check_says_what": lambda: check(step(version()), text=""),
    "measured_check_says_how_much": lambda: check(step(version()), measure=Measure.WISHES),
}


@pytest.mark.parametrize("name", NEVER)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        NEVER[name]()
        connection.check_constraints()
