import pytest
from django.test import RequestFactory
from django.utils.translation import override

from curriculum.services import withdraw
from lms.learning import queries
from lms.learning.services import complete_unit, enrol, keep_place
from tests.factories.content import translate
from tests.factories.learning import finish, make_chain


@pytest.fixture
def read(rf: RequestFactory):
    """Her path as a request of hers reads it."""

    def read(person, **kwargs):
        request = rf.get("/en/")
        request.user = person
        return queries.path_for(request, **kwargs)

    return read


def states(path) -> list[str]:
    return [step.state for step in path.steps]


def test_path_is_none_for_someone_who_is_not_enrolled(read, learner, curriculum):
    assert read(learner) is None


def test_path_begins_at_the_first_lesson(read, learner, curriculum):
    enrol(learner, curriculum.programme)
    path = read(learner)
    assert [stop.entry.title for stop in path.stops] == ["Tuberculosis", "Screen for TB"]
    assert states(path) == ["here", "open", "locked", "open"]
    assert (path.next.entry.title, path.next.url) == ("What TB is", curriculum.lessons[0].url)
    assert path.above == "Tuberculosis · lesson 1 of 2"
    assert not path.has_begun


def test_path_says_what_a_step_waits_for(read, learner, curriculum):
    programme, *_ = make_chain(curriculum)
    enrol(learner, programme)
    path = read(learner)
    assert [stop.words for stop in path.stops] == [
        "0 of 3 done · you are here",
        "After Tuberculosis",
        "After Malaria",
        "your trainer watches",
    ]
    assert path.stops[0].steps[2].words == "After lesson 2"


def test_path_leads_to_the_practical_when_she_has_done_the_rest(read, learner, curriculum):
    enrol(learner, curriculum.programme)
    for unit in [*curriculum.lessons, curriculum.quiz]:
        complete_unit(learner, unit)
    path = read(learner)
    assert (path.next.kind, path.next.words_left) == ("practical", "Your trainer watches you do this.")
    assert path.stops[0].state == "done"
    assert path.above == "Observed at work"


def test_path_ends_when_nothing_is_left(read, learner, curriculum):
    finish(learner, curriculum)
    path = read(learner)
    assert path.is_complete
    assert path.next is None
    assert set(path.cells) == {"done"}


def test_path_passes_by_what_is_withdrawn(read, learner, trainer, curriculum):
    enrol(learner, curriculum.programme)
    withdraw(curriculum.lessons[0], by=trainer, reason="A figure is wrong")
    path = read(learner)
    assert states(path) == ["withdrawn", "here", "locked", "open"]
    assert path.steps[0].words == "Withdrawn: A figure is wrong"
    complete_unit(learner, curriculum.lessons[1])
    assert read(learner).next.kind == "quiz"


def test_path_of_a_withdrawn_module_shows_the_reason_and_opens_the_next(read, learner, trainer, curriculum):
    programme, (tb, _malaria, _pressure), lessons = make_chain(curriculum)
    enrol(learner, programme)
    withdraw(tb, by=trainer, reason="The guideline changed")
    path = read(learner)
    assert path.stops[0].words == "Withdrawn: The guideline changed"
    assert path.next.url == lessons[2].url


def test_path_shows_the_card_she_is_at(read, learner, curriculum):
    enrol(learner, curriculum.programme)
    keep_place(learner, curriculum.lessons[0], card="x", position=3, of=4)
    step = read(learner).next
    assert step.cells == ["done", "done", "current", "open"]
    assert (step.words, step.words_left) == ("You are on card 3 of 4", "Card 3 of 4 · about 8 minutes left")


def test_path_draws_one_cell_a_stop_when_there_are_too_many_steps(read, learner, curriculum, monkeypatch):
    monkeypatch.setattr("lms.learning.steps.MOST_CELLS", 3)
    enrol(learner, curriculum.programme)
    assert read(learner).cells == ["current", "open"]


def test_path_leaves_out_a_page_that_is_not_live(read, learner, curriculum):
    enrol(learner, curriculum.programme)
    curriculum.lessons[0].unpublish()
    path = read(learner)
    assert path.next.entry.title == "Ask everyone"


def test_path_follows_an_open_enrolment_before_a_finished_one(read, learner, curriculum):
    finish(learner, curriculum)
    programme, *_ = make_chain(curriculum)
    newer = enrol(learner, programme)
    assert read(learner).enrolment == newer
    assert read(learner, unit_key=curriculum.quiz.translation_key).enrolment == newer


def test_path_of_another_unit_is_none(read, learner, curriculum):
    enrol(learner, curriculum.programme)
    assert read(learner, unit_key=curriculum.module.translation_key) is None


@pytest.mark.parametrize("programmes", [1, 3])
def test_path_is_read_in_four_queries(read, learner, curriculum, programmes, django_assert_num_queries):
    """And one of Wagtail's own, which finds the site."""
    for number in range(programmes):
        enrol(learner, make_chain(curriculum, slug=f"chain-{number}")[0])
    read(learner)
    with django_assert_num_queries(5):
        read(learner)


def test_path_speaks_the_language_that_is_being_read(read, learner, curriculum, settings):
    translate(curriculum, "sw")
    page = curriculum.lessons[0].get_translations().get(locale__language_code="sw")
    page.alias_of, page.title = None, "TB ni nini"
    page.save()
    enrol(learner, curriculum.programme)
    with override("sw"):
        path = read(learner)
    assert (path.next.entry.title, path.next.url) == ("TB ni nini", page.url)
