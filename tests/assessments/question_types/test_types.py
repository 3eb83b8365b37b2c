"""The contract, asked of every type."""

import json
from copy import deepcopy
from random import Random

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.question_types import all_types, get
from tests.factories.assessments import QUESTIONS, block_value

TYPES = sorted(QUESTIONS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def frozen(name, seed=1):
    return get(name).freeze(block_value(QUESTIONS[name]), Random(seed))


def posted(name, item, response):
    """The form as a browser sends it for a response."""
    data = QueryDict(mutable=True)
    if isinstance(response, list):
        data.setlist("a", response)
    elif isinstance(response, dict):
        for id_, value in response.items():
            data[f"a-{id_}"] = str(value)
    else:
        data["a"] = str(response).lower() if isinstance(response, bool) else response
    return data


def test_types_are_the_folders():
    assert sorted(all_types()) == TYPES


@pytest.mark.parametrize("name", TYPES)
@settings(deadline=None)
@given(seed=st.integers())
def test_right_response_is_right_however_shuffled(name, seed):
    type_ = get(name)
    item, key = frozen(name, seed)
    right = type_.right_response(item, key)
    assert type_.grade(key, right).right
    assert type_.grade(key, right).share == 1
    assert type_.is_complete(item, right)
    assert type_.in_words(item, right)


@pytest.mark.parametrize("name", TYPES)
@settings(deadline=None)
@given(response=JSON)
def test_malformed_response_is_never_right_and_never_raises(name, response):
    type_ = get(name)
    item, key = frozen(name)
    grade = type_.grade(key, response)
    type_.in_words(item, response)
    type_.context(item, response)
    if not type_.is_complete(item, response):
        assert not grade.right
    assert 0 <= grade.share <= 1


@pytest.mark.parametrize("name", TYPES)
def test_posted_right_response_reads_as_itself(name):
    item, key = frozen(name)
    right = get(name).right_response(item, key)
    assert get(name).read(item, posted(name, item, right), "a") == right


@pytest.mark.parametrize("name", TYPES)
def test_empty_form_reads_as_nothing(name):
    item, _key = frozen(name)
    assert get(name).read(item, QueryDict(), "a") is None
    assert not get(name).is_complete(item, None)


@pytest.mark.parametrize("name", TYPES)
def test_frozen_item_and_key_are_json(name):
    item, key = frozen(name)
    assert deepcopy(item) == json.loads(json.dumps(item))
    assert key == json.loads(json.dumps(key))


def other_rightness(name):
    """The same question with something else right."""
    data = deepcopy(QUESTIONS[name])
    if "options" in data:
        for option in data["options"]:
            option["right"] = option["text"] == data["options"][-1]["text"]
    elif name == "true_false":
        data["answer"] = not data["answer"]
    elif name == "number":
        data["answer"] += 1
    elif name == "short_text":
        data["accepted"] = ["Bronchitis"]
    elif name == "picture":
        data["pictures"][0]["right"], data["pictures"][1]["right"] = False, True
    elif name == "gaps":
        data["text"] = "TB passes through the [[coughs]] when someone [[air]]."
    elif name == "ordering":
        data["items"].reverse()
    else:
        data["pairs"][0]["choice"], data["pairs"][1]["choice"] = "TB disease", "TB infection"
    return data


@pytest.mark.parametrize("name", TYPES)
@settings(deadline=None)
@given(seed=st.integers())
def test_freezing_leaks_no_key(name, seed):
    other = other_rightness(name)
    first, first_key = get(name).freeze(block_value(QUESTIONS[name]), Random(seed))
    second, second_key = get(name).freeze(block_value(other), Random(seed))
    assert first == second
    assert first_key != second_key


A, B = {"text": "A", "right": True}, {"text": "B"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"type": "single", "options": []}, "«options» must be a list"),
        ({"type": "single", "options": ["Cough"]}, "needs «text»"),
        ({"type": "single", "options": [{"text": True}]}, "quote words"),
        ({"type": "single", "options": [B | {"right": "yes"}]}, "must be true or false"),
        ({"type": "single", "options": [B, {"text": "C"}]}, "No answer is marked as right"),
        ({"type": "single", "options": [A, B | {"right": True}]}, "exactly one answer as right; 2 are marked"),
        ({"type": "single", "options": [A, {"text": "a "}]}, "numbers 1 and 2 read the same"),
        ({"type": "single", "options": [A, B | {"weight": 100}]}, "“B” is not right: its part must be less than 100"),
        ({"type": "single", "options": [A | {"weight": 50}, B]}, "“A” is right: its part is 100"),
        ({"type": "multiple", "options": [A]}, "Answers: give 2 to 8; here are 1"),
        ({"type": "multiple", "options": [A, {"text": "x" * 151}]}, "number 2 is longer than 150 letters"),
        ({"type": "multiple", "options": [B, {"text": "C"}]}, "No answer is marked as right"),
        ({"type": "multiple", "options": [A, {"text": "A"}]}, "read the same"),
        ({"type": "multiple", "options": [A | {"weight": 50}, B]}, "come to 50 per cent"),
        ({"type": "multiple", "options": [A, B | {"weight": 50}]}, "“B” is not right: its part must be 0"),
        ({"type": "multiple", "options": [A | {"weight": -5}, B]}, "“A” is right: its part must be more than 0"),
        ({"type": "multiple", "options": [A | {"weight": "half"}, B]}, "«weight» must be a number"),
        ({"type": "true_false", "answer": "no"}, "«answer» must be true or false"),
        ({"type": "number", "answer": "1000"}, "«answer» must be a number"),
        ({"type": "number", "answer": 5, "tolerance": -1}, "cannot be less than 0"),
        ({"type": "number", "answer": 5, "others": [{"answer": 5}]}, "other number 5 is within"),
        ({"type": "number", "answer": 5, "others": [{"answer": 6, "share": 101}]}, "from 0 to 100 per cent"),
        ({"type": "number", "answer": 5, "others": [6]}, "each of «others» needs «answer»"),
        ({"type": "ordering", "items": ["one"]}, "Lines: give 2 to 8; here are 1"),
        ({"type": "ordering", "items": ["one", {"two": 2}]}, "quote a line"),
        ({"type": "ordering", "items": ["one", "one"]}, "read the same"),
        ({"type": "matching", "pairs": [{"prompt": "A"}]}, "needs «choice»"),
        ({"type": "matching", "pairs": [{"prompt": p, "choice": p} for p in "Aa"]}, "Pairs: numbers 1 and 2"),
        ({"type": "matching", "pairs": [{"prompt": p, "choice": "x"} for p in "AB"]}, "Different choices: give 2"),
        (
            {"type": "matching", "pairs": [{"prompt": p, "choice": p} for p in "AB"], "extra": ["b"]},
            "Different choices: numbers 2 and 3 read the same",
        ),
        ({"type": "short_text", "accepted": "TB"}, "«accepted» must be a list"),
        ({"type": "short_text", "accepted": ["?!"]}, "“\\?!” has no letter and no digit"),
        ({"type": "short_text", "accepted": ["TB", "t.b."]}, "“TB” and “t.b.” are the same answer"),
        ({"type": "short_text", "accepted": ["TB"], "others": [{"text": "tb"}]}, "are the same answer"),
        ({"type": "short_text", "accepted": ["TB"], "others": [{"text": "HIV", "share": -1}]}, "from 0 to 100"),
        ({"type": "short_text", "accepted": ["x" * 81]}, "longer than 80 letters"),
        ({"type": "short_text", "accepted": [*"abcdefghijk"]}, "Give 1 to 10 right answers"),
        ({"type": "gaps", "extra": ["air"]}, "needs «text» as text"),
        ({"type": "gaps", "text": "TB is in the air.", "extra": ["air", "sea"]}, "not 0, such as"),
        ({"type": "gaps", "text": "TB is in the [[air].", "extra": ["sea"]}, "left over at “is in the \\[\\[air"),
        ({"type": "gaps", "text": "TB is in the air]].", "extra": ["sea"]}, "left over at “in the air\\]\\]"),
        ({"type": "gaps", "text": "TB is in [[the]] [[ ]]."}, "Gap 2 has no word"),
        ({"type": "gaps", "text": "TB is in the [[air]]."}, "Words: give 2 to 12; here are 1"),
        ({"type": "gaps", "text": "TB is in the [[air]].", "extra": ["Air"]}, "Words: numbers 1 and 2 read the same"),
        ({"type": "gaps", "text": "[[a]] " * 9}, "not 9"),
        ({"type": "gaps", "text": "[[a]]" + "x" * 600}, "longer than 600 letters"),
        ({"type": "gaps", "text": "[[a]]", "extra": "b"}, "each of «extra» must be text"),
        ({"type": "picture", "pictures": [A | {"image": 1}]}, "What the pictures show: give 2 to 6; here are 1"),
        ({"type": "picture", "pictures": [A, B]}, "picture “A” needs «image»"),
        ({"type": "picture", "pictures": [A | {"image": 1}, B | {"image": 1}]}, "Pictures 1 and 2 are the same"),
        ({"type": "picture", "pictures": [B | {"image": 1}, B | {"image": 2}]}, "numbers 1 and 2 read the same"),
        (
            {"type": "picture", "pictures": [B | {"image": 1}, {"text": "C", "image": 2}]},
            "No picture is marked as right",
        ),
        (
            {"type": "picture", "pictures": [A | {"image": 1}, B | {"image": 2, "right": True}]},
            "2 pictures are right: let her choose several",
        ),
    ],
)
def test_from_file_says_what_is_wrong(data, message):
    with pytest.raises(ValueError, match=message):
        get(data["type"]).from_file(data)


@pytest.mark.parametrize("name", TYPES)
def test_question_of_every_type_is_whole(name):
    assert get(name).is_whole(block_value(QUESTIONS[name]))


@pytest.mark.parametrize(
    ("name", "part", "lost"), [("gaps", "text", "TB passes through the air."), ("short_text", "accepted", ["", "TB"])]
)
def test_translation_that_lost_what_it_is_judged_by_is_not_whole(name, part, lost):
    value = block_value(QUESTIONS[name])
    value[part] = lost
    assert not get(name).is_whole(value)
