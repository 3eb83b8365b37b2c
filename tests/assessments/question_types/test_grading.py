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


SHORT = {"accepted": ["Tuberculosis", "TB", "hypertension", "48 hours"], "others": [{"text": "hypotension"}]}


@pytest.mark.parametrize("text", ["tuberculosis", " TB ", "T.B.", "Tubérculosis", "tuber-culosis", "48  HOURS"])
def test_short_text_forgives_capitals_accents_spaces_and_punctuation(text):
    _item, key = frozen("short_text", **SHORT)
    assert get("short_text").grade(key, text).right


@pytest.mark.parametrize("text", ["tuberculsis", "tubreculosis", "tubercolosys", "hipertension", "48 hous"])
def test_short_text_says_that_only_the_spelling_differs(text):
    _item, key = frozen("short_text", **SHORT, feedback="Think of the lungs.")
    grade = get("short_text").grade(key, text)
    assert (grade.right, grade.share, grade.near) == (False, 0, True)
    assert get("short_text").feedback({}, key, text) == []


@pytest.mark.parametrize(
    "text",
    ["tuberklosys", "TC", "hypotension", "hypotention", "49 hours", "4.8 hours", "measles", "", "?"],
)
def test_short_text_takes_no_other_word_for_a_slip(text):
    _item, key = frozen("short_text", **SHORT)
    grade = get("short_text").grade(key, text)
    assert not grade.right
    assert not grade.near


def test_short_text_keeps_the_point_of_a_number():
    _item, key = frozen("short_text", accepted=["1.5"])
    assert get("short_text").grade(key, "1,5").right
    assert not get("short_text").grade(key, "15").right


def test_short_text_holds_answers_that_count_in_part_or_wholly():
    others = [{"text": "flu", "share": 50, "feedback": "Half."}, {"text": "phthisis", "share": 100}]
    _item, key = frozen("short_text", others=others)
    half, whole = (get("short_text").grade(key, text) for text in ("Flu", "Phthisis"))
    assert (half.right, half.share, whole.right, whole.share) == (False, 0.5, True, 1)
    assert get("short_text").feedback({}, key, "flu") == ["Half."]


def test_number_counts_the_first_other_number_that_fits():
    others = [{"answer": 90, "tolerance": 1, "share": 50, "feedback": "Near."}, {"answer": 9, "feedback": "A nought!"}]
    _item, key = frozen("number", answer=95, tolerance=2, others=others, feedback="Count again.")
    grades = [get("number").grade(key, text) for text in ("94", "91", "9", "200")]
    assert [(grade.right, grade.share) for grade in grades] == [(True, 1), (False, 0.5), (False, 0), (False, 0)]
    said = [get("number").feedback({"unit": ""}, key, text) for text in ("94", "91", "9", "200")]
    assert said == [[], ["Near."], ["A nought!"], ["Count again."]]


def weighed(*weights):
    options = [{"text": f"{n}", "right": part > 0, "weight": part} for n, part in enumerate(weights)]
    return frozen("multiple", options=options)


@pytest.mark.parametrize(
    ("chosen", "share"),
    [("0", 0.33333), ("01", 0.66666), ("03", 0), ("02", 0.66666), ("012", 1), ("0123", 0.5), ("3", 0), ("34", 0)],
)
def test_multiple_counts_what_its_author_weighed(chosen, share):
    item, key = weighed(33.333, 33.333, 33.333, -50, 0)
    grade = get("multiple").grade(key, ids(item, *chosen))
    assert grade.share == pytest.approx(share, abs=1e-4)
    assert grade.right is (chosen == "012")


def test_multiple_gives_what_is_not_weighed_an_equal_part():
    options = [{"text": "A", "right": True, "weight": 50}, {"text": "B", "right": True}, {"text": "C"}]
    item, key = frozen("multiple", options=options)
    assert get("multiple").grade(key, ids(item, "A", "B", "C")).share == pytest.approx(0.5)


def test_single_may_count_another_answer_in_part():
    options = [{"text": "A", "right": True}, {"text": "B", "weight": 50}, {"text": "C", "weight": -50}]
    item, key = frozen("single", options=options)
    shares = [get("single").grade(key, *ids(item, text)).share for text in "ABC"]
    assert shares == [1, 0.5, 0]


def test_true_or_false_has_its_words_for_either():
    _item, key = frozen("true_false", said_false="Medicine cures it in six months.")
    said = [get("true_false").feedback({}, key, response) for response in (True, False, None, "false")]
    assert said == [[], ["Medicine cures it in six months."], [], []]


@pytest.mark.parametrize("name", ["ordering", "matching", "gaps"])
def test_note_is_for_who_has_not_all_right(name):
    item, key = frozen(name, feedback="Look at the first one.")
    right = get(name).right_response(item, key)
    part = dict(list(right.items())[1:])
    assert get(name).feedback(item, key, right) == []
    assert get(name).feedback(item, key, part) == ["Look at the first one."]


def test_matching_mixes_in_choices_that_belong_to_none():
    item, key = frozen("matching", extra=["Cured"])
    assert {choice["text"] for choice in item["choices"]} == {"TB disease", "TB infection", "Cured"}
    assert get("matching").grade(key, get("matching").right_response(item, key)).right


def test_gaps_share_what_is_filled_rightly():
    item, key = frozen("gaps")
    words = {word["text"]: word["id"] for word in item["words"]}
    grade = get("gaps").grade(key, {"1": words["air"], "2": words["water"]})
    assert (grade.right, grade.share) == (False, 0.5)


def test_gaps_may_ask_twice_for_the_same_word():
    item, key = frozen("gaps", text="[[TB]] is in the air. [[TB]] can be cured.", extra=["HIV"])
    assert sorted(word["text"] for word in item["words"]) == ["HIV", "TB"]
    assert get("gaps").in_words(item, key["gaps"]) == ["“TB” is in the air. “TB” can be cured."]


def test_gaps_say_which_is_still_open():
    item, key = frozen("gaps")
    assert get("gaps").in_words(item, {"1": key["gaps"]["1"]}) == ["TB passes through the “air” when someone “…”."]


def test_picture_shows_its_copy_and_the_room_it_takes():
    item, _key = frozen("picture")
    assert item["several"] is False
    assert {row["src"][-3:] for row in item["pictures"]} == {"385", "386", "387"}
    assert all((row["width"], row["height"]) == (400, 300) for row in item["pictures"])


def test_picture_is_told_with_its_words_beside_it():
    item, key = frozen("picture")
    (line,) = get("picture").in_words(item, key["right"])
    assert (line, line.picture["alt"]) == ("A net over a bed", "")
    assert line.picture["src"].endswith("385")


def test_picture_takes_one_unless_she_may_choose_several():
    item, key = frozen("picture")
    every = [row["id"] for row in item["pictures"]]
    assert not get("picture").is_complete(item, every[:2])
    assert get("picture").is_complete(item | {"several": True}, every[:2])
    assert get("picture").grade(key, every[:1]).right is (every[:1] == key["right"])


def test_picture_that_was_deleted_is_asked_by_its_words():
    value = block_value(QUESTIONS["picture"])
    value["pictures"][0]["image"] = None
    item, key = get("picture").freeze(value, Random(1))
    assert [row["text"] for row in item["pictures"] if "src" not in row] == ["A net over a bed"]
    assert get("picture").grade(key, get("picture").right_response(item, key)).right
