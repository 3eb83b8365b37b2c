"""How easily a text reads: its sentences, and the school grade that Flesch and Kincaid give English."""

import re
from statistics import median

from .texts import WORD, count_words

LONGEST = 25
MEDIAN = 15
GRADE = 7  # of the Flesch–Kincaid scale; B1 English lies around 5 to 7
FEWEST = 100  # words, under which a grade says nothing
ENDS = re.compile(r"(?<=[.!?…”])\s+|\n+")
VOWELS = re.compile(r"[aeiouy]+")


def sentences(text: str) -> list[str]:
    """Lines and sentences with a verb's room: two words or fewer are a label."""
    return [part.strip() for part in ENDS.split(text) if count_words(part) > 2]


def too_long(text: str) -> list[str]:
    return [sentence for sentence in sentences(text) if count_words(sentence) > LONGEST]


def median_length(text: str) -> float:
    """Of its sentences, in words; 0 where it has none."""
    lengths = [count_words(sentence) for sentence in sentences(text)]
    return median(lengths) if lengths else 0


def grade(text: str) -> float | None:
    """Flesch–Kincaid grade level: 0.39 · words / sentences + 11.8 · syllables / words − 15.59.

    Kincaid, Fishburne, Rogers, Chissom: Derivation of New Readability Formulas, 1975. None for a short text.
    """
    parts = sentences(text)
    words = [word for part in parts for word in WORD.findall(part)]
    if len(words) < FEWEST:
        return None
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end: near enough for a mean over a hundred words."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)
