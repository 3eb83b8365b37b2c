"""What counts as right, type by type."""

from random import Random

import pytest
from django.core.exceptions import ValidationError

from assessments.question_types import get
from tests.factories.assessments import QUESTIONS, block_value


def frozen(name, **changes):
    return get(name).freeze(block_value(QUESTIONS[name] | changes), Random(1))


def ids(item, *texts):
    by_text = {option["text"]: option["id"] for option in item["options"]}
    return [by_text[text] for text in texts]


@pytest.mark.parametrize(
    ("chosen", "right", "share"),
    [
        (["Cough", "Fever"], True, 1),
        (["Fever", "Cough"], True, 1),
        (["Cough"], False, 0.5),
        (["Cough", "Fever", "Sore eyes"], False, 0.5),
        (["Sore eyes"], False, 0),
    ],
)
def test_multiple_is_right_only_as_exactly_the_right_set(chosen, right, share):
    item, key = frozen("multiple")
    grade = get("multiple").grade(key, ids(item, *chosen))
    assert (grade.right, grade.share) == (right, share)


@pytest.mark.parametrize(
    "text", ["1000", "1 000", "1\u00a0000", "1,000", "1.000", "1000,0", "1000.00", " 1000 ", "+1000", "1’000"]
)
def test_number_reads_a_thousand_as_people_write_it(text):
    _item, key = frozen("number")
    assert get("number").grade(key, text).right


@pytest.mark.parametrize(
    "text", ["999", "1001", "1e3", "thousand", "10,00", "1000 copies", "--1000", "٣", "1,0,0,0", "∞"]
)
def test_number_refuses_other_numbers_and_words(text):
    _item, key = frozen("number")
    assert not get("number").grade(key, text).right


@pytest.mark.parametrize(
    ("text", "right"), [("7", True), ("7,0", True), ("7.00", True), ("6,8", True), ("7.2", True), ("7.21", False)]
)
def test_number_takes_comma_and_point_within_the_tolerance(text, right):
    _item, key = frozen("number", answer=7.0, tolerance=0.2)
    assert get("number").grade(key, text).right is right


def test_number_without_digits_is_not_complete():
    assert not get("number").is_complete({"unit": ""}, "many")


def test_ordering_shares_what_stands_in_its_place():
    _item, key = frozen("ordering")
    first, second, third = sorted(key["places"], key=key["places"].get)
    grade = get("ordering").grade(key, {first: 1, second: 3, third: 2})
    assert not grade.right
    assert grade.share == pytest.approx(1 / 3)


@pytest.mark.parametrize("places", [(1, 1, 2), (1, 2), (1, 2, 4), (True, 2, 3)])
def test_ordering_is_complete_only_with_every_place_once(places):
    item, _key = frozen("ordering")
    response = dict(zip((line["id"] for line in item["lines"]), places, strict=False))
    assert not get("ordering").is_complete(item, response)


def test_matching_shows_a_shared_choice_once():
    item, key = frozen("matching")
    assert sorted(choice["text"] for choice in item["choices"]) == ["TB disease", "TB infection"]
    assert get("matching").grade(key, get("matching").right_response(item, key)).right


def test_words_of_an_order_follow_its_places():
    item, key = frozen("ordering")
    assert get("ordering").in_words(item, key["places"]) == [
        "1. Thank her",
        "2. Go with her today",
        "3. Check tomorrow",
    ]


def test_editor_is_told_that_two_answers_are_marked():
    block = get("single").block()
    two = {"options": [{"text": "A", "right": True}, {"text": "B", "right": True}]}
    with pytest.raises(ValidationError, match="exactly one answer as right; 2 are marked"):
        block.clean(block.to_python(two))
