import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.checks import sentences

PLAIN = "You ask her about cough. You go with her to the nurse. " * 12
HARD = "Comprehensive epidemiological investigations necessitate multidisciplinary institutional collaboration. " * 20


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("ask", 1), ("mother", 2), ("medicine", 3), ("table", 2), ("care", 1), ("HIV", 1), ("12", 1)],
)
def test_syllables_are_groups_of_vowels(word, count):
    assert sentences.syllables(word) == count


def test_lines_and_full_stops_end_a_sentence():
    text = "Ask her today. Is there a cough?\nThe third one here\nTwo words"
    assert sentences.sentences(text) == ["Ask her today.", "Is there a cough?", "The third one here"]


def test_a_sentence_of_twenty_five_words_is_not_too_long():
    assert sentences.too_long("word " * 25) == []
    assert len(sentences.too_long("word " * 26)) == 1


def test_grade_tells_plain_from_hard():
    assert sentences.grade(PLAIN) < 4
    assert sentences.grade(HARD) > sentences.GRADE


def test_a_short_text_has_no_grade():
    assert sentences.grade("You ask her about cough.") is None


def test_median_of_nothing_is_nought():
    assert sentences.median_length("") == 0


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    sentences.grade(text * 5)
    assert sentences.median_length(text) >= 0
