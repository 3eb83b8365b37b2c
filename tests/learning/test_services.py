from contextlib import suppress
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from curriculum.services import withdraw
from lms.learning import services
from lms.learning.models import Completion, Enrolment, Place
from lms.learning.signals import programme_completed
from tests.factories.content import translate
from tests.factories.learning import finish, make_chain, make_completion
from tests.factories.people import make_person


@pytest.fixture
def told():
    """Every enrolment that `programme_completed` was sent for."""
    heard = []

    def hear(sender, enrolment, **kwargs):
        heard.append(enrolment.pk)

    programme_completed.connect(hear)
    yield heard
    programme_completed.disconnect(hear)


def keys(enrolment, **filters):
    return list(enrolment.requirements.filter(**filters).values_list("unit_key", flat=True))


def test_enrol_writes_down_the_units_in_the_programmes_order(learner, curriculum):
    enrolment = services.enrol(learner, curriculum.programme)
    units = [*curriculum.lessons, curriculum.quiz, curriculum.practical]
    assert keys(enrolment) == [unit.translation_key for unit in units]
    assert (enrolment.required_count, enrolment.done_count, enrolment.cycle) == (4, 0, 1)


def test_enrol_makes_the_quiz_wait_for_the_lessons_before_it(learner, curriculum):
    enrolment = services.enrol(learner, curriculum.programme)
    quiz = enrolment.requirements.get(kind="quiz")
    assert quiz.opens_after == [str(lesson.translation_key) for lesson in curriculum.lessons]


def test_enrol_twice_is_refused_while_a_cycle_is_open(learner, curriculum):
    services.enrol(learner, curriculum.programme)
    with pytest.raises(services.AlreadyEnrolled):
        services.enrol(learner, curriculum.programme)
    assert learner.enrolments.count() == 1


def test_enrol_leaves_malaria_out_in_lesotho_and_what_waited_for_it_waits_for_tb(learner, lesotho_learner, curriculum):
    programme, (tb, malaria, pressure), _lessons = make_chain(curriculum)
    here, there = services.enrol(learner, programme), services.enrol(lesotho_learner, programme)
    assert keys(there, module_key=malaria.translation_key) == []
    assert here.requirements.get(module_key=pressure.translation_key).opens_after == [str(malaria.translation_key)]
    assert there.requirements.get(module_key=pressure.translation_key).opens_after == [str(tb.translation_key)]


def test_enrol_credits_a_completion_that_is_in_date(learner, curriculum):
    done = make_completion(learner, curriculum.lessons[0], days_ago=300)
    enrolment = services.enrol(learner, curriculum.programme)
    requirement = enrolment.requirements.get(unit_key=curriculum.lessons[0].translation_key)
    assert (requirement.completion, requirement.completed_at) == (done, done.completed_at)
    assert enrolment.done_count == 1


@pytest.mark.parametrize("fields", [{"days_ago": 400}, {"flagged_at": timezone.now(), "flag_reason": "Copied"}])
def test_enrol_does_not_credit_what_is_out_of_date_or_flagged(learner, curriculum, fields):
    make_completion(learner, curriculum.lessons[0], **fields)
    assert services.enrol(learner, curriculum.programme).done_count == 0


def test_a_second_cycle_takes_nothing_from_before_it_opened(learner, curriculum):
    finish(learner, curriculum)
    second = services.enrol(learner, curriculum.programme)
    assert (second.cycle, second.done_count) == (2, 0)
    completion = services.complete_unit(learner, curriculum.lessons[0])
    assert completion.cycle == 2
    assert Completion.objects.filter(unit_key=curriculum.lessons[0].translation_key).count() == 2


def test_complete_unit_again_answers_the_first_completion(learner, curriculum):
    enrolment = services.enrol(learner, curriculum.programme)
    first = services.complete_unit(learner, curriculum.lessons[0], detail={"score": 90})
    second = services.complete_unit(learner, curriculum.lessons[0], detail={"score": 10})
    enrolment.refresh_from_db()
    assert (second.pk, second.detail, enrolment.done_count) == (first.pk, {"score": 90}, 1)


def test_complete_unit_ticks_it_off_in_every_open_enrolment(learner, curriculum):
    chain, _modules, _lessons = make_chain(curriculum)
    enrolments = [services.enrol(learner, programme) for programme in (curriculum.programme, chain)]
    services.complete_unit(learner, curriculum.lessons[0])
    for enrolment in enrolments:
        enrolment.refresh_from_db()
        assert enrolment.done_count == 1


def test_complete_unit_counts_anew_where_an_old_completion_ran_out(learner, curriculum):
    make_completion(learner, curriculum.lessons[0], days_ago=400)
    enrolment = services.enrol(learner, curriculum.programme)
    completion = services.complete_unit(learner, curriculum.lessons[0])
    enrolment.refresh_from_db()
    assert completion.valid_until > timezone.localdate()
    assert enrolment.done_count == 1


def test_complete_unit_forgets_her_place(learner, curriculum):
    services.enrol(learner, curriculum.programme)
    services.keep_place(learner, curriculum.lessons[0], card="x", position=2, of=3)
    services.complete_unit(learner, curriculum.lessons[0])
    assert not Place.objects.exists()


def test_complete_unit_of_an_alias_records_the_language_and_revision_of_its_source(learner, curriculum):
    translate(curriculum, "sw")
    alias = curriculum.lessons[0].get_translations().get(locale__language_code="sw").specific
    services.enrol(learner, curriculum.programme)
    completion = services.complete_unit(learner, alias)
    assert (completion.language, completion.revision_id) == ("en", curriculum.lessons[0].live_revision_id)


def test_programme_completed_is_sent_once(learner, curriculum, told):
    enrolment = finish(learner, curriculum)
    services.complete_unit(learner, curriculum.lessons[0])
    assert enrolment.completed_at
    assert told == [enrolment.pk]


def test_programme_completed_is_not_sent_for_optional_units_left(learner, curriculum, told):
    enrolment = services.enrol(learner, curriculum.programme)
    enrolment.requirements.filter(kind="practical").update(required=False)
    for unit in [*curriculum.lessons, curriculum.quiz]:
        services.complete_unit(learner, unit)
    assert told == [enrolment.pk]


def test_a_failing_receiver_rolls_the_completion_back(learner, curriculum):
    """Certificates never raise; should they, nothing is half recorded."""

    def fail(sender, **kwargs):
        raise RuntimeError

    programme_completed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            finish(learner, curriculum)
    finally:
        programme_completed.disconnect(fail)
    assert not Completion.objects.filter(unit_key=curriculum.practical.translation_key).exists()


def test_flag_completion_asks_open_enrolments_again_and_leaves_finished_ones(learner, trainer, curriculum):
    enrolment = services.enrol(learner, curriculum.programme)
    completion = services.complete_unit(learner, curriculum.lessons[0])
    services.flag_completion(completion, by=trainer, reason="Somebody else answered")
    enrolment.refresh_from_db()
    assert enrolment.done_count == 0
    again = services.complete_unit(learner, curriculum.lessons[0])
    assert (again.cycle, again.pk != completion.pk) == (1, True)


def test_flag_completion_keeps_the_first_reason(learner, trainer, curriculum):
    completion = make_completion(learner, curriculum.lessons[0])
    services.flag_completion(completion, by=trainer, reason="First")
    assert services.flag_completion(completion, by=trainer, reason="Second").flag_reason == "First"


def test_keep_place_keeps_one_row(learner, curriculum):
    for position in (1, 3, 2):
        services.keep_place(learner, curriculum.lessons[0], card="x", position=position, of=3)
    assert Place.objects.get().position == 2


def test_place_outside_the_lesson_is_refused_by_the_database(learner, curriculum):
    with pytest.raises(IntegrityError), transaction.atomic():
        services.keep_place(learner, curriculum.lessons[0], card="x", position=4, of=3)


def test_cycle_for_stays_the_same_from_the_first_try_to_the_completion(learner, curriculum):
    make_completion(learner, curriculum.quiz, days_ago=400)
    services.enrol(learner, curriculum.programme)
    key = curriculum.quiz.translation_key
    before = services.cycle_for(learner, key)
    assert services.complete_unit(learner, curriculum.quiz).cycle == before == services.cycle_for(learner, key)


def test_rebuild_counts_mends_what_is_wrong_and_says_how_many(learner, other_learner, curriculum):
    enrolments = [services.enrol(person, curriculum.programme) for person in (learner, other_learner)]
    Enrolment.objects.filter(pk=enrolments[0].pk).update(done_count=3)
    assert services.rebuild_counts(Enrolment.objects.all()) == 1
    assert Enrolment.objects.get(pk=enrolments[0].pk).done_count == 0
    assert services.rebuild_counts(Enrolment.objects.all()) == 0


def test_a_withdrawn_unit_is_still_required(learner, trainer, curriculum):
    enrolment = services.enrol(learner, curriculum.programme)
    withdraw(curriculum.lessons[0], by=trainer, reason="A figure is wrong")
    services.complete_unit(learner, curriculum.lessons[1])
    enrolment.refresh_from_db()
    assert (enrolment.required_count, enrolment.done_count) == (4, 1)


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_complete_a_programme_once(learner, curriculum, told):
    """However the two arrive, and however often the database asks one to try again."""
    services.enrol(learner, curriculum.programme)
    for unit in [*curriculum.lessons, curriculum.quiz]:
        services.complete_unit(learner, unit)
    together = Barrier(2)

    def press():
        together.wait(timeout=10)
        for _attempt in range(200):
            with suppress(OperationalError):
                services.complete_unit(learner, curriculum.practical)
                break
        connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert Completion.objects.filter(unit_key=curriculum.practical.translation_key).count() == 1
    assert len(told) == 1


def test_someone_elses_completion_ticks_nothing_off(learner, curriculum):
    enrolment = services.enrol(learner, curriculum.programme)
    services.complete_unit(make_person("Zuri", "Ngugi"), curriculum.lessons[0])
    enrolment.refresh_from_db()
    assert enrolment.done_count == 0
