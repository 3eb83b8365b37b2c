"""Words as they are compared: without capitals and accents. Pure."""

import re
import unicodedata

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W_]+")
SHORTEST = 2
LONGEST_QUERY = 8  # words of one search that count
WHOLE = 3  # a word as short as this is not the beginning of others: he is not here
ONE_SLIP, TWO_SLIPS = 5, 8  # letters from which on a slip or two of spelling are forgiven
BARE, ENDING = 5, 3  # letters that stay of a word, and that may be its ending
ALIKE = 0.6


def fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text))


def asked(text: str) -> list[str]:
    """The words of a search, each once."""
    return list(dict.fromkeys(word for word in words_of(text) if len(word) >= SHORTEST))[:LONGEST_QUERY]


def needle(word: str) -> str:
    """What is looked for in folded text, where every word stands between spaces."""
    return f" {word} " if len(word) <= WHOLE else f" {word}"


def nearest(word: str, known: list[str], most: int = 2) -> list[str]:
    """Known words that are this one but for a slip of spelling, the nearest first."""
    slips = 2 if len(word) >= TWO_SLIPS else 1 if len(word) >= ONE_SLIP else 0
    if not slips:
        return []
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=most)
    return [name for name, distance, _place in found if distance == found[0][1]]


def beginnings(word: str) -> list[str]:
    """Without its last letters, which may be an ending that the text does not have."""
    return [word[:length] for length in range(len(word) - 1, max(BARE, len(word) - ENDING) - 1, -1)]


def similar(word: str, known: list[str], most: int = 3) -> list[str]:
    """Words to propose where nothing was found."""
    found = process.extract(word, known, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=most)
    return [name for name, _share, _place in found]
