import pytest

from lms.learning.comings import follow_country
from lms.learning.models import Completion
from lms.learning.renewing import NotARefresher, practicals_of, renew
from lms.learning.services import AlreadyEnrolled, complete_unit
from tests.factories.content import make_practical, make_programme, row
from tests.factories.learning import finish, make_second_module


@pytest.fixture
def refresher(curriculum):
    """A refresher with one lesson, not for Lesotho."""
    module, lesson = make_second_module(curriculum, "What is new")
    rows = [row(module, except_countries=["LS"])]
    programme = make_programme(curriculum.home, rows, title="Refresher", code="refresh", is_refresher=True)
    programme.lesson = lesson
    return programme


def keys(enrolment) -> list:
    return list(enrolment.requirements.values_list("unit_key", flat=True))


def test_renewal_asks_for_the_refresher_and_the_practicals(learner, curriculum, refresher):
    finish(learner, curriculum)
    renewal = renew(learner, curriculum.programme, refresher=refresher)
    assert keys(renewal) == [refresher.lesson.translation_key, curriculum.practical.translation_key]
    assert (renewal.cycle, renewal.programme_key) == (2, curriculum.programme.translation_key)
    assert renewal.refresher_key == refresher.translation_key
    assert (renewal.required_count, renewal.done_count) == (2, 0)


def test_renewal_is_complete_with_what_was_done_after_it_opened(learner, curriculum, refresher):
    finish(learner, curriculum)
    renewal = renew(learner, curriculum.programme, refresher=refresher)
    complete_unit(learner, refresher.lesson)
    complete_unit(learner, curriculum.practical)
    renewal.refresh_from_db()
    assert renewal.completed_at
    watched = Completion.objects.filter(unit_key=curriculum.practical.translation_key)
    assert sorted(watched.values_list("cycle", flat=True)) == [1, 2]


def test_whoever_opens_it_chooses_the_practicals(learner, curriculum, refresher):
    other = make_practical(curriculum.shelf, curriculum.module, [{"text": "Greets."}], title="Greet")
    rows = [row(curriculum.practical), row(other)]
    programme = make_programme(curriculum.home, rows, title="Watched", code="watched")
    assert [one.unit.pk for one in practicals_of(programme, learner.country)] == [curriculum.practical.pk, other.pk]
    renewal = renew(learner, programme, refresher=refresher, practicals={other.translation_key})
    assert keys(renewal) == [refresher.lesson.translation_key, other.translation_key]


def test_first_cycle_here_takes_nothing_from_before_either(learner, curriculum, refresher):
    """Her certificate's own cycle stays with a record that was joined to hers."""
    complete_unit(learner, curriculum.practical)
    renewal = renew(learner, curriculum.programme, refresher=refresher)
    assert (renewal.cycle, renewal.done_count) == (1, 0)


def test_without_a_refresher_it_is_the_whole_programme_again(learner, lesotho_learner, curriculum, refresher):
    finish(learner, curriculum)
    renewal = renew(learner, curriculum.programme)
    assert renewal.requirements.count() == 4 and renewal.refresher_key is None and renewal.done_count == 0
    theory = make_programme(curriculum.home, [row(curriculum.module)], title="Theory", code="theory")
    there = renew(lesotho_learner, theory, refresher=refresher)
    assert there.requirements.count() == 3 and there.refresher_key is None


def test_renewal_is_opened_once_and_with_a_refresher_only(learner, curriculum, refresher):
    finish(learner, curriculum)
    with pytest.raises(NotARefresher):
        renew(learner, curriculum.programme, refresher=curriculum.programme)
    renew(learner, curriculum.programme, refresher=refresher)
    with pytest.raises(AlreadyEnrolled):
        renew(learner, curriculum.programme, refresher=refresher)
    assert learner.enrolments.count() == 2


def test_renewal_stays_one_in_another_country(learner, lesotho, hr, curriculum, refresher):
    for_all = make_programme(curriculum.home, [row(curriculum.module)], title="All", code="all", is_refresher=True)
    finish(learner, curriculum)
    renewal = renew(learner, curriculum.programme, refresher=for_all)
    learner.country = lesotho
    learner.save()
    follow_country(learner, hr)
    renewal.refresh_from_db()
    units = [*curriculum.lessons, curriculum.quiz, curriculum.practical]
    assert keys(renewal) == [unit.translation_key for unit in units]
    assert renewal.country == lesotho and renewal.done_count == 0
