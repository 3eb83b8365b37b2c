from dataclasses import dataclass
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assessments import question_types
from assessments.papers import Asked, choose, draw
from assessments.passing import judge
from assessments.sections import Section, all_of, size
from tests.factories.assessments import QUESTIONS, block_value


def asked(name, **fields):
    data = QUESTIONS[name]
    return Asked(question=name, type=name, value=block_value(data), stem=data["stem"], why=data["why"], **fields)


ALL = [asked(name, critical=name == "single", facts=["tb-f1"], revision=7) for name in QUESTIONS]


def test_paper_holds_every_question_once_with_its_key():
    paper, key = draw(ALL, Random(1))
    assert sorted(item["question"] for item in paper) == sorted(QUESTIONS)
    assert key.keys() == {item["id"] for item in paper}
    assert all(item["facts"] == ["tb-f1"] and item["revision"] == 7 for item in paper)


def test_paper_holds_no_key():
    paper, _key = draw(ALL, Random(1))
    assert "right" not in str([item["item"] for item in paper])
    assert "places" not in str([item["item"] for item in paper])


@given(first=st.integers(), second=st.integers())
def test_next_paper_differs(first, second):
    two = [asked("true_false"), asked("number")]
    paper, _key = draw(two, Random(first))
    following, _key = draw(two, Random(second), previous=paper)
    assert [item["stem"] for item in following] != [item["stem"] for item in paper]


@given(seed=st.integers())
def test_next_paper_of_one_question_differs_in_its_options(seed):
    paper, _key = draw([asked("single")], Random(seed))
    following, _key = draw([asked("single")], Random(seed), previous=paper)
    assert [option["text"] for option in following[0]["item"]["options"]] != [
        option["text"] for option in paper[0]["item"]["options"]
    ]


def test_paper_that_cannot_differ_is_drawn_all_the_same():
    paper, _key = draw([asked("true_false")], Random(1))
    following, _key = draw([asked("true_false")], Random(2), previous=paper)
    assert following[0]["stem"] == paper[0]["stem"]


def test_ids_do_not_return():
    paper, _key = draw(ALL, Random(1))
    following, _key = draw(ALL, Random(2), previous=paper)
    assert not {item["id"] for item in paper} & {item["id"] for item in following}


# Without mixing -------------------------------------------------------------------------------------------------------


def test_questions_and_answers_stand_as_written_where_nothing_is_mixed():
    paper, _key = draw(ALL, Random(1), mix_questions=False, mix_answers=False)
    assert [item["question"] for item in paper] == [one.question for one in ALL]
    single = next(item for item in paper if item["type"] == "single")
    assert [option["text"] for option in single["item"]["options"]] == [
        option["text"] for option in QUESTIONS["single"]["options"]
    ]


@given(seed=st.integers())
def test_next_paper_that_is_not_mixed_differs_in_its_answers_first(seed):
    both = [asked("single"), asked("true_false")]
    plain = {"mix_questions": False, "mix_answers": False}
    paper, _key = draw(both, Random(seed), **plain)
    following, _key = draw(both, Random(seed + 1), previous=paper, **plain)
    assert [item["question"] for item in following] == [item["question"] for item in paper]
    assert texts(following[0]) != texts(paper[0])


@given(seed=st.integers())
def test_next_paper_whose_answers_cannot_differ_turns_its_questions(seed):
    both = [asked("true_false"), asked("number")]
    paper, _key = draw(both, Random(seed), mix_questions=False)
    following, _key = draw(both, Random(seed), previous=paper, mix_questions=False)
    assert [item["question"] for item in following] == ["number", "true_false"]


def texts(item):
    return [option["text"] for option in item["item"]["options"]]


@given(first=st.integers(), second=st.integers(), wrong=st.sets(st.sampled_from(sorted(QUESTIONS))))
def test_shuffling_never_changes_a_score(first, second, wrong):
    """The same answers, as words, to the same questions in another order: the same outcome."""
    scores = []
    for seed, mixed in ((first, True), (second, True), (first, False)):
        paper, key = draw(ALL, Random(seed), mix_questions=mixed, mix_answers=mixed)
        right = {item["id"]: judged(item, key, item["question"] not in wrong) for item in paper}
        outcome = judge(paper, right, 80)
        scores.append((outcome.score, outcome.passed, len(outcome.to_put_right)))
    assert len(set(scores)) == 1


def judged(item, key, is_right):
    type_ = question_types.get(item["type"])
    response = type_.right_response(item["item"], key[item["id"]]) if is_right else None
    return type_.grade(key[item["id"]], response).right


# Which questions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Some:
    """A question, as far as a choice looks at it."""

    translation_key: int


def some(*numbers):
    return tuple(Some(number) for number in numbers)


def chosen(*sections, seed=1, seen=()):
    return {one.translation_key for one in choose(sections, Random(seed), [set(map(str, paper)) for paper in seen])}


sections = st.lists(
    st.tuples(st.sets(st.integers(0, 9), max_size=6), st.integers(0, 4)).map(
        lambda drawn: Section(pool=some(*sorted(drawn[0])), count=drawn[1])
    ),
    max_size=4,
)


@given(sections=sections, seed=st.integers())
def test_choice_fills_as_many_places_as_there_can_be_and_asks_nothing_twice(sections, seed):
    found = choose(sections, Random(seed))
    assert len(found) == len(set(found)) == size(sections)
    assert set(found) <= set(all_of(sections))


@given(seed=st.integers())
def test_choice_keeps_the_order_of_its_sections(seed):
    found = choose(
        [Section(fixed=some(9, 8)), Section(pool=some(1, 2, 3), count=2), Section(fixed=some(7))], Random(seed)
    )
    assert found[:2] == list(some(9, 8))
    assert found[4:] == list(some(7))
    assert {one.translation_key for one in found[2:4]} < {1, 2, 3}


@given(seed=st.integers())
def test_unseen_questions_come_first_then_those_seen_longest_ago(seed):
    pool = Section(pool=some(*range(6)), count=3)
    assert chosen(pool, seed=seed, seen=[{0, 1, 2}]) == {3, 4, 5}
    assert chosen(pool, seed=seed, seen=[{3, 4}, {0, 1, 2}]) > {5}
    assert not chosen(pool, seed=seed, seen=[{3, 4}, {0, 1, 2}]) & {3, 4}


@given(seed=st.integers())
def test_unseen_questions_are_not_lost_to_an_overlapping_pool(seed):
    """Both new ones are asked, though the first pool could take either of them."""
    wide, narrow = Section(pool=some(1, 2, 3), count=1), Section(pool=some(2, 3, 4), count=1)
    assert chosen(wide, narrow, seed=seed, seen=[{3, 4}]) == {1, 2}


@given(sections=sections, seed=st.integers())
def test_next_choice_differs_wherever_it_can(sections, seed):
    first = choose(sections, Random(seed))
    names = {str(one.translation_key) for one in first}
    following = choose(sections, Random(seed + 1), [names])
    assert set(following) != set(first) or len(all_of(sections)) == len(first) or not can_swap(sections, first)


def can_swap(sections, first):
    """Whether a question that was not asked could stand in the place of one that was."""
    left = [one for one in all_of(sections) if one not in first]
    return any(size([*without(sections, old)]) == size(sections) for old in first if left)


def without(sections, question):
    return [Section(pool=tuple(one for one in part.pool if one != question), count=part.count) for part in sections]
