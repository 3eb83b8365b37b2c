"""Questions that are there already: the same words, or nearly. Pure."""

import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz, process

NEAR = 95  # per cent of the letters, by rapidfuzz's ratio (normalised Indel similarity)


@dataclass(frozen=True)
class Double:
    """`of` names the other question; `exact`: the same words, whatever their case, spaces and punctuation."""

    of: str
    exact: bool


def plain(words: str) -> str:
    """Letters and digits alone: what two people who type the same question have in common."""
    apart = unicodedata.normalize("NFKD", words).casefold()
    return "".join(letter for letter in apart if letter.isalnum())


def doubles(texts: list[str], known: dict[str, str]) -> list[Double | None]:
    """For each text the question it doubles: one of `known` (its name by its words), or an earlier one of `texts`.

    An earlier one is named by its number, from 1.
    """
    seen: dict[str, str] = {}
    for words, name in known.items():
        seen.setdefault(plain(words), name)
    found: list[Double | None] = []
    for number, text in enumerate(texts, 1):
        found.append(_double(plain(text), seen))
        seen.setdefault(plain(text), str(number))
    return found


def _double(words: str, seen: dict[str, str]) -> Double | None:
    if words in seen:
        return Double(seen[words], exact=True)
    near = process.extractOne(words, seen.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return Double(seen[near[0]], exact=False) if near else None
