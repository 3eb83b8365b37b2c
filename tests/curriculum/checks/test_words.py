import pytest

from curriculum.checks.words import AVOID, found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She is a defaulter.", ["defaulter"]),
        ("Two Defaulters came.", ["Defaulters"]),
        ("HIV-infected people", ["HIV-infected people"]),
        ("She was hiv infected.", ["hiv infected"]),
        ("a wheelchair-bound woman", ["wheelchair-bound"]),
        ("Mother-to-child transmission of HIV", ["Mother-to-child transmission"]),
        ("the Prevention of mother-to-child transmission (PMTCT) programme", []),
        ("PMTCT and EMTCT", []),
        ("a high-risk group", ["high-risk group"]),
        ("a baby at high risk", []),
        ("Be patient with her.", []),
        ("The patients wait.", ["The patients"]),
        ("They fight at home.", []),
        ("We fight AIDS.", ["fight AIDS"]),
        ("an accomplished carrierless plan", []),
        ("a victim of violence", ["victim of violence"]),
        ("The net keeps infected mosquitoes away.", []),
        ("An infected mosquito bites.", []),
        ("Treat an STI. An STD is its old name.", ["STD"]),
        ("defaulter, defaulter and Defaulter", ["defaulter"]),
    ],
)
def test_words_are_found_whole_in_any_case(text, words):
    assert [word for word, _say in found(text, "en")] == words


def test_what_to_say_instead_comes_with_the_word():
    assert found("an unwed mother", "en") == [("unwed mother", "adolescent mother; young mother")]


def test_a_language_without_a_list_is_left_alone():
    assert found("HIV/AIDS", "sw") == []


def test_every_avoided_word_is_found_and_no_advice_repeats_one():
    for entry in AVOID["en"]:
        for word in entry.words:
            assert found(f"Then {word} again.", "en"), word
        if "AIDS only" not in entry.say:
            assert found(entry.say, "en") == [], entry.say
