"""Each verdict at both sides of its line; few attempts say so instead."""

from dataclasses import replace

import pytest

from assessments.analysis import words
from assessments.analysis.words import Level, Numbers

GOOD = Numbers(n=100, facility=0.7, discrimination=0.4, seconds=30)


def codes(numbers, usual=30.0):
    return [verdict.code for verdict in words.verdicts(numbers, usual)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["works"]),
        ({"discrimination": -0.01}, ["check_key"]),
        ({"discrimination": 0.0}, ["hardly_tells"]),
        ({"discrimination": 0.19}, ["hardly_tells"]),
        ({"discrimination": 0.2}, ["works"]),
        ({"discrimination": None}, ["works"]),
        ({"facility": 0.29}, ["too_hard"]),
        ({"facility": 0.3}, ["works"]),
        ({"facility": 0.95}, ["works"]),
        ({"facility": 0.96}, ["too_easy"]),
        ({"facility": 0.96, "discrimination": -0.1}, ["too_easy"]),
        ({"facility": 0.2, "discrimination": -0.1}, ["check_key", "too_hard"]),
        ({"seconds": 89}, ["works"]),
        ({"seconds": 90}, ["slow"]),
        ({"left_out": 0.10}, ["works"]),
        ({"left_out": 0.11}, ["left_out"]),
        ({"dead": ["Once a year"]}, ["nobody"]),
        ({"drawn_to": ["Next week"]}, ["drawn_to"]),
        ({"n": 30}, ["works"]),
        ({"n": 29}, ["few"]),
        ({"n": 29, "discrimination": -0.5}, ["few"]),
        ({"n": 9}, ["few"]),
        ({"n": 0, "facility": None}, ["few"]),
    ],
)
def test_verdicts_on_numbers(change, expected):
    assert codes(replace(GOOD, **change)) == expected


@pytest.mark.parametrize(("seconds", "usual"), [(59, 10), (90, None), (None, 30)])
def test_question_is_not_slow_by_seconds_alone(seconds, usual):
    assert codes(replace(GOOD, seconds=seconds), usual) == ["works"]


def test_gravest_verdict_comes_first():
    numbers = replace(GOOD, dead=["Never"], seconds=600, discrimination=-0.2)
    levels = [verdict.level for verdict in words.verdicts(numbers, 30)]
    assert levels == sorted(levels) and levels[0] == Level.LOOK


def test_verdicts_say_what_to_do():
    texts = {
        "Strong learners miss this: check the key.": {"discrimination": -0.2},
        "Too hard: teach it again, or check the wording.": {"facility": 0.1},
        "Nobody chooses this answer: “Once a year”.": {"dead": ["Once a year"]},
        "Nobody chooses these answers: “A”, “B”.": {"dead": ["A", "B"]},
        "Takes very long: 120 seconds. Half of the questions here take 30 or less.": {"seconds": 120},
        "12 % leave it unanswered: is it clear what to do?": {"left_out": 0.12},
        "Works well.": {},
    }
    for text, change in texts.items():
        assert words.verdicts(replace(GOOD, **change), 30)[0].text == text


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "Only 1 attempt: too few to show numbers, which could describe one person."),
        (9, "Only 9 attempts: too few to show numbers, which could describe one person."),
        (10, "Only 10 attempts: read the numbers with care. A verdict needs 30."),
    ],
)
def test_few_attempts_say_so(n, text):
    assert words.few(n).text == text


@pytest.mark.parametrize(
    ("change", "look"),
    [
        ({}, False),
        ({"discrimination": -0.1}, True),
        ({"facility": 0.1}, True),
        ({"facility": 0.99, "discrimination": -0.1}, False),
        ({"discrimination": -0.1, "n": 29}, False),
    ],
)
def test_needs_a_look_agrees_with_the_verdicts(change, look):
    numbers = replace(GOOD, **change)
    assert words.needs_a_look(numbers) is look
    assert any(verdict.level == Level.LOOK for verdict in words.verdicts(numbers)) is look


@pytest.mark.parametrize(
    ("value", "n", "begins"),
    [
        (0.75, 30, "The quiz places people reliably."),
        (0.64, 30, "The quiz places people fairly"),
        (0.63, 30, "Scores depend much on chance"),
        (-0.2, 30, "Scores depend much on chance"),
        (0.9, 29, ""),
        (None, 100, ""),
    ],
)
def test_reliability_in_words(value, n, begins):
    said = words.of_reliability(value, n)
    assert said.startswith(begins) and bool(said) == bool(begins)


@pytest.mark.parametrize(
    ("of", "text"),
    [
        (20, "Of 24 learners 20 know more than before; on average from 11 to 16.2 of 20."),
        (None, "Of 24 learners 20 know more than before; on average from 55 % to 81 %."),
    ],
)
def test_gain_in_words(of, text):
    assert words.of_gain(24, 20, 0.55, 0.81, of) == text


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, "nothing was left to learn"),
        (-0.1, "they know less"),
        (0.29, "low"),
        (0.3, "medium"),
        (0.7, "high"),
    ],
)
def test_normalised_gain_in_words(value, word):
    assert words.of_normalised(value) == word
