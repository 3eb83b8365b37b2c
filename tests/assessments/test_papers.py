from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assessments.papers import Asked, draw
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
