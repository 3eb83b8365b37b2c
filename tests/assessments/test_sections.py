from dataclasses import dataclass
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from assessments.models import QuizPage, Tag
from assessments.sections import Section, all_of, size
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_question, make_quiz, publish


@dataclass(frozen=True)
class Some:
    """A question, as far as sections look at it."""

    translation_key: int


def some(*numbers):
    return tuple(Some(number) for number in numbers)


# Pure -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ([], 0),
        ([Section(fixed=some(1, 2))], 2),
        ([Section(pool=some(1, 2, 3), count=2)], 2),
        ([Section(pool=some(1), count=4)], 1),
        ([Section(fixed=some(9)), Section(pool=some(1, 2), count=2)], 3),
        ([Section(pool=some(1, 2, 3), count=2), Section(pool=some(1, 2), count=2)], 3),
        ([Section(pool=some(1, 2, 3, 4), count=2), Section(pool=some(1, 2), count=2)], 4),
        ([Section(pool=some(1, 2), count=1), Section(pool=some(2, 3), count=1), Section(pool=some(3), count=1)], 3),
    ],
)
def test_size_counts_each_question_once(sections, expected):
    assert size(sections) == expected


pools = st.lists(st.tuples(st.sets(st.integers(0, 9), max_size=6), st.integers(0, 4)), max_size=4)


@given(pools)
def test_size_is_at_most_the_places_and_the_questions(drawn):
    sections = [Section(pool=some(*pool), count=count) for pool, count in drawn]
    assert size(sections) <= min(sum(count for _, count in drawn), len(all_of(sections)))
    assert size(sections) == size(sections[::-1])


def test_all_of_names_each_question_once():
    assert all_of([Section(fixed=some(2, 1)), Section(pool=some(1, 3), count=1)]) == list(some(2, 1, 3))


# Of a quiz ------------------------------------------------------------------------------------------------------------


def ask(code, *, tags=(), **fields):
    question = make_question(code, QUESTIONS["true_false"] | {"stem": f"Is it {code}?"}, **fields)
    if tags:
        question.tags.set([Tag.objects.get_or_create(name=name, defaults={"slug": name})[0] for name in tags])
        question.save()
    return question


def draw(count, **criteria):
    blank = {"tags": [], "module": None, "difficulty": []}
    return {"type": "draw", "id": str(uuid4()), "value": blank | {"count": count} | criteria}


def fixed(*questions):
    chosen = [{"type": "item", "id": str(uuid4()), "value": question.pk} for question in questions]
    return {"type": "fixed", "id": str(uuid4()), "value": {"questions": chosen}}


def quiz_of(curriculum, *sections):
    return publish(curriculum.module, QuizPage(title="Drawn", sections=list(sections)))


def codes(questions):
    return [question.code for question in questions]


def test_draw_takes_what_fits_tag_module_and_difficulty(curriculum):
    ask("d-q10", tags=["signs"], module=curriculum.module, difficulty=1)
    ask("d-q2", tags=["signs", "care"], module=curriculum.module, difficulty=1)
    ask("d-q3", tags=["signs"], module=curriculum.module, difficulty=3)
    ask("d-q4", tags=["care"], module=curriculum.module, difficulty=1)
    ask("d-q5", tags=["signs"], difficulty=1)
    quiz = quiz_of(curriculum, draw(1, tags=["signs"], module=curriculum.module.pk, difficulty=["1"]))
    (section,) = quiz.sections_for("KE")
    assert codes(section.pool) == ["d-q2", "d-q10"]
    assert (section.fixed, section.count, quiz.size_for("KE")) == ((), 1, 1)


def test_sections_hold_live_questions_of_the_country_only(curriculum):
    kenyan, draft = ask("d-q1", difficulty=3, countries=["KE"]), ask("d-q2", difficulty=3)
    draft.unpublish()
    first = curriculum.questions[0]
    quiz = quiz_of(curriculum, fixed(first, kenyan, draft), draw(2, difficulty=["3"]))
    assert [codes(section.fixed) for section in quiz.sections_for("KE")] == [["tb-q1", "d-q1"], []]
    assert codes(quiz.questions_for("LS")) == ["tb-q1"]
    assert [section.pool for section in quiz.sections_for("KE")] == [(), ()]  # d-q1 is fixed


def test_question_is_given_once(curriculum):
    first, second = curriculum.questions
    quiz = quiz_of(curriculum, fixed(first, first), fixed(second, first))
    assert [codes(section.fixed) for section in quiz.sections_for("KE")] == [["tb-q1"], ["tb-q2"]]


def test_draw_takes_translations_through_what_they_were_written_from(curriculum):
    question = ask("d-q1", difficulty=3)
    french = question.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save()
    quiz = quiz_of(curriculum, draw(4, difficulty=["3"]))
    alias = quiz.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True, alias=True)
    assert quiz.questions_for("KE") == alias.questions_for("KE") == [question]


@pytest.mark.parametrize("rows", [1, 3])
def test_sections_take_a_fixed_number_of_queries(curriculum, django_assert_num_queries, rows):
    for number in range(rows):
        ask(f"d-q{number}", tags=[f"tag-{number}"], module=curriculum.module)
    asked = [draw(1, tags=[f"tag-{number}"], module=curriculum.module.pk) for number in range(rows)]
    pk = quiz_of(curriculum, fixed(*curriculum.questions), *asked, fixed(*curriculum.questions)).pk
    quiz = QuizPage.objects.get(pk=pk)
    with django_assert_num_queries(6):
        assert quiz.size_for("KE") == 2 + rows


def test_old_quiz_of_fixed_questions_keeps_its_order(curriculum):
    quiz = make_quiz(curriculum.module, list(reversed(curriculum.questions)), title="Reversed")
    assert codes(quiz.questions_for("KE")) == ["tb-q2", "tb-q1"]
